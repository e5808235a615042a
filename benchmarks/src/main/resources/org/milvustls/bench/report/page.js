'use strict';
(() => {
  // Tables: every heading of a sortable one becomes a button.
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort === '' ? cell.textContent.trim() : Number(cell.dataset.sort);
  };
  const compare = (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a.localeCompare(b, 'en', { numeric: true });
  };
  const sort = (table, column) => {
    const heading = table.tHead.rows[0].cells[column];
    const down = heading.getAttribute('aria-sort') === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => (down ? -1 : 1) * compare(value(a, column), value(b, column)));
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    if (table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      if (heading.textContent.trim() === '') return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...heading.childNodes);
      button.addEventListener('click', () => sort(table, column));
      heading.append(button);
    });
  }

  // Which to choose: filters over the rows.
  const filters = document.getElementById('filters');
  if (filters) {
    const selects = [...filters.querySelectorAll('select')];
    const rows = [...document.getElementById('choices').tBodies[0].rows];
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        const values = row.dataset.filters.split('\u001f');
        row.hidden = !selects.every((select, i) => select.value === '' || select.value === values[i]);
        if (!row.hidden) shown++;
      }
      document.getElementById('shown').textContent = `${shown} of ${rows.length} rows`;
    };
    filters.addEventListener('change', apply);
    filters.addEventListener('submit', (event) => event.preventDefault());
    filters.hidden = false;
    apply();
  }

  // The calculator: costs of single operations times how often they happen. Sums of interval ends
  // are wide enough: each term has the confidence that makes a sum of five one of 95 %.
  const form = document.getElementById('calc');
  if (form) {
    const model = JSON.parse(document.getElementById('model').textContent);
    const table = document.getElementById('costs');
    const settings = document.getElementById('settings');
    model.settings.forEach((one, i) => settings.add(new Option(one.label, String(i))));
    const given = (id) => Math.max(0, Number(document.getElementById(id).value) || 0);
    const digits = (x) => {
      const size = Math.abs(x);
      return x.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    };
    const text = (numbers, scale, unit) =>
      numbers === null
        ? 'not measured'
        : digits(numbers[0] * scale) + unit + (numbers.length === 3
            ? ` (${digits(Math.max(0, numbers[1] * scale))} to ${digits(numbers[2] * scale)})`
            : ' (no interval)');
    // null when a term that is needed was not measured
    const sum = (one, side, amounts) => {
      let total = [0, 0, 0];
      for (const [name, amount] of Object.entries(amounts)) {
        if (amount === 0) continue;
        const term = one[name] && one[name][side];
        if (!term) return null;
        const ends = term.length === 3 ? term : [term[0], NaN, NaN];
        total = total.map((x, i) => x + amount * ends[i]);
      }
      return Number.isNaN(total[1]) ? [total[0]] : total;
    };
    const update = () => {
      const connections = given('connections');
      const searches = given('searches');
      const distance = given('distance');
      const payload = given('payload');
      const amounts = {
        connection: connections, roundTrip: connections * distance,
        search: searches, vectors: payload > 0 ? searches : 0, kibibyte: searches * payload,
      };
      let most = 0;
      table.tBodies[0].replaceChildren();
      model.settings.forEach((one, i) => {
        if (settings.value !== '' && settings.value !== String(i)) return;
        const client = sum(one, 'client', amounts);
        const server = sum(one, 'server', amounts);
        most = Math.max(most, (client ? client[0] : 0) / 1e9 + (server ? server[0] : 0) / 1e9);
        const search = sum(one, 'latency', { search: 1, vectors: payload > 0 ? 1 : 0, kibibyte: payload });
        const row = table.tBodies[0].insertRow();
        for (const words of [one.label, text(client, 1e-9, ''), text(server, 1e-9, ''),
            text(sum(one, 'latency', { connection: 1, roundTrip: distance }), 1e-6, ' ms'),
            text(search, 1e-6, ' ms') + (search && distance > 0 ? ' and at least 1 round trip' : '')]) {
          row.insertCell().textContent = words;
        }
      });
      const beyond = document.getElementById('beyond');
      beyond.hidden = !(model.cores && most > model.cores);
      beyond.textContent = beyond.hidden ? ''
        : `This is more CPU than the ${model.cores} cores of the machine that measured: the sums hold only`
          + ' where client and server have cores enough.';
    };
    form.addEventListener('input', update);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.hidden = false;
    table.hidden = false;
    update();
  }

  // On paper nothing can be opened.
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
})();

package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Panel;

/**
 * A column for a resource that an operation uses, such as CPU, in every table of a panel's arms.
 *
 * @param title of the column
 * @param value mean over forks in the unit of the summary; absent where it could not be read
 * @param text format of a value
 */
record UseColumn(
    String title, Function<CellResult, Optional<Double>> value, Function<Double, String> text) {
  private static final double SECOND = 1e9;
  private static final String MISSING = "not measured";

  /** The columns of a panel; in memory each side has its own. */
  static List<UseColumn> of(Panel panel) {
    if (panel.suite().needsMilvus()) {
      return List.of(
          millis("client CPU", cell -> Optional.of(cell.cpuNanos())),
          millis("server CPU", CellResult::serverCpuNanos),
          kibibytes("heap", cell -> Optional.of(cell.allocatedBytes())));
    }
    UseColumn serverTime = millis("server's side", CellResult::peerNanos);
    List<UseColumn> columns = new ArrayList<>();
    columns.add(serverTime);
    columns.add(millis("client CPU", cell -> Optional.of(cell.cpuNanos())));
    columns.add(millis("server CPU", CellResult::serverCpuNanos));
    columns.add(perSecond("client: handshakes/s per core", c -> Optional.of(c.cpuNanos())));
    columns.add(perSecond("server: handshakes/s per core", CellResult::serverCpuNanos));
    columns.add(kibibytes("client heap", cell -> Optional.of(cell.allocatedBytes())));
    columns.add(kibibytes("server heap", CellResult::serverAllocatedBytes));
    columns.add(kibibytes("client: native memory of an open session", CellResult::nativeBytes));
    return columns;
  }

  private static UseColumn millis(String title, Function<CellResult, Optional<Value>> value) {
    return new UseColumn(title, value.andThen(UseColumn::mean), Numbers::cost);
  }

  private static UseColumn kibibytes(String title, Function<CellResult, Optional<Value>> value) {
    return new UseColumn(
        title, value.andThen(UseColumn::mean), bytes -> Numbers.digits(bytes / 1024) + " KiB");
  }

  /** Number of operations that one core can do in a second, without other work. */
  private static UseColumn perSecond(String title, Function<CellResult, Optional<Value>> cpu) {
    return new UseColumn(
        title,
        cpu.andThen(value -> mean(value).filter(nanos -> nanos > 0).map(nanos -> SECOND / nanos)),
        Numbers::digits);
  }

  private static Optional<Double> mean(Optional<Value> value) {
    return value.map(Value::mean);
  }

  /** The text of a cell. */
  String text(CellResult cell) {
    return value.apply(cell).map(text).orElse(MISSING);
  }

  /** The same as a cell of a page. */
  Table.Td td(CellResult cell) {
    return value
        .apply(cell)
        .map(number -> Table.Td.number(text.apply(number), number))
        .orElse(Table.Td.of(MISSING));
  }
}

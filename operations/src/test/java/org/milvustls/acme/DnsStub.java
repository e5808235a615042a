package org.milvustls.acme;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A name server (RFC 1035, over TCP, as Pebble asks) whose every name is this machine, 127.0.0.1,
 * and whose TXT records are the lines of the files of a folder, one file for each name.
 */
final class DnsStub implements AutoCloseable {
  private static final int A = 1;
  private static final int TXT = 16;
  private static final int HEADER = 12;

  private final Path records;
  private final ServerSocket socket;
  private final Thread thread;

  DnsStub(Path records) throws IOException {
    this.records = records;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.thread = new Thread(this::serve, "dns-stub");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(10_000);
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = answer(query);
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(byte[] message) throws IOException {
    ByteBuffer query = ByteBuffer.wrap(message);
    query.position(HEADER);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = query.getShort();
    int questionEnd = query.position() + 2;
    List<byte[]> data = data(name.toString(), type);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putShort(query.getShort(0)).putShort((short) 0x8180);
    header.putShort((short) 1).putShort((short) data.size());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(header.array());
    answer.write(message, HEADER, questionEnd - HEADER);
    for (byte[] each : data) {
      ByteBuffer record = ByteBuffer.allocate(HEADER + each.length);
      // The name of the question again, by a pointer to it.
      record.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1).putInt(0);
      record.putShort((short) each.length).put(each);
      answer.write(record.array());
    }
    return answer.toByteArray();
  }

  private List<byte[]> data(String name, int type) throws IOException {
    List<byte[]> data = new ArrayList<>();
    Path file = records.resolve(name);
    if (type == A) {
      data.add(new byte[] {127, 0, 0, 1});
    } else if (type == TXT && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        data.add(ByteBuffer.allocate(text.length + 1).put((byte) text.length).put(text).array());
      }
    }
    return data;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

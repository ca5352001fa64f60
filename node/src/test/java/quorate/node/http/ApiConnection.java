package quorate.node.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One connection to the API of a node, byte by byte. */
final class ApiConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RECEIVE_BYTES = 16 * 1024;

    final Socket socket;

    private ApiConnection(Socket socket) {
        this.socket = socket;
    }

    /** Connected, and not a byte sent. */
    static ApiConnection plain(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new ApiConnection(socket);
    }

    /** After the handshake, before any request. */
    static ApiConnection tls(int port) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new TrustsEverybody()}, new SecureRandom());
        var plain = plain(port);
        var socket = context.getSocketFactory().createSocket(plain.socket, "localhost", port, true);
        ((SSLSocket) socket).startHandshake();
        return new ApiConnection(socket);
    }

    void send(String head, String body) throws IOException {
        var request = head + "\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** So many bytes of the answer, or fewer if it ends. */
    byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** The first line of an answer whose rest comes at once. */
    String status() throws IOException {
        var buffer = new byte[4096];
        int count = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(count, 0), StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }

    /** Whether the other side ends it, orderly or not, without another byte. */
    boolean ends() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record TrustsEverybody() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

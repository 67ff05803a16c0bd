package phasebench.harness.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Reads the relay's own counters over HTTP. The first read opens the connection; later ones reuse it and are
/// short.
public final class RelayMetrics implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest request;

    /// @param http the relay's HTTP address
    public RelayMetrics(URI http) {
        request = HttpRequest.newBuilder(http.resolve("/metrics"))
                .timeout(TIMEOUT)
                .build();
    }

    /// The counters now.
    ///
    /// @throws RelayException if the relay does not answer, or answers something else
    public Map<String, Double> read() throws RelayException, InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new RelayException("GET %s answered %d".formatted(request.uri(), response.statusCode()));
            }
            return PrometheusText.parse(response.body());
        } catch (IOException e) {
            throw new RelayException("GET %s failed: %s".formatted(request.uri(), e), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

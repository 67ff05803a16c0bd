package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/// The client's side of WHEP (draft-ietf-wish-whep): an offer is posted, the session is deleted.
final class WhepClient implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int BODY_CHARACTERS_SHOWN = 300;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// A session at the relay.
    ///
    /// @param resource to be deleted when the viewer leaves
    record Session(URI resource, String answer) {}

    /// Posts an offer.
    ///
    /// @throws IOException if the relay cannot be reached, does not answer in time, or refuses
    Session post(URI endpoint, String offer) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString(offer))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new IOException("POST " + endpoint + " got no answer within " + ANSWER_TIMEOUT.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new IOException("POST " + endpoint + " failed: " + e, e);
        }
        if (response.statusCode() != 201) {
            throw new IOException(
                    "relay refused POST " + endpoint + ": " + response.statusCode() + " " + shortened(response.body()));
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("relay answered POST " + endpoint + " without Location"));
        return new Session(endpoint.resolve(location), response.body());
    }

    private static String shortened(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= BODY_CHARACTERS_SHOWN ? line : line.substring(0, BODY_CHARACTERS_SHOWN) + "...";
    }

    /// Deletes a session; says nothing when the relay is gone already.
    void delete(URI resource) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resource)
                .timeout(Duration.ofSeconds(2))
                .DELETE()
                .build();
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException _) {
            // leaving is a courtesy
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

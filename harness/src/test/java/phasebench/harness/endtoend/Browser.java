package phasebench.harness.endtoend;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;

/// A headless Chromium with a profile of its own.
///
/// Every page keeps its peer connections in `window.peerConnections`, whoever wrote the page, so that a test
/// can ask for their statistics.
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            // Debian's first tab is a page of a search engine, for which a sealed browser would wait ten seconds
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.local",
            "--autoplay-policy=no-user-gesture-required");
    private static final String KEEP_PEER_CONNECTIONS = """
            window.peerConnections = [];
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(...args) { super(...args); window.peerConnections.push(this); }
            };
            """;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Starts the distribution's own browser and driver; nothing is looked up or downloaded.
    ///
    /// @param folder takes the browser's profile and the driver's log
    static Browser start(Path folder) {
        // not by the service's builder: its class file needs an annotation that javac does not find
        System.setProperty("webdriver.chrome.driver", Enclosure.CHROMEDRIVER.toString());
        System.setProperty(
                "webdriver.chrome.logfile", folder.resolve("chromedriver.log").toString());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Enclosure.CHROMIUM.toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + folder.resolve("profile"));
        ChromeDriver driver = new ChromeDriver(options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", KEEP_PEER_CONNECTIONS));
        return new Browser(driver);
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    /// Leaves the page as a user does who goes elsewhere.
    void leave() {
        driver.get("about:blank");
    }

    /// What the page shows as text.
    String text() {
        return String.valueOf(evaluate("document.body.innerText"));
    }

    /// Value of a JavaScript expression; a promise is awaited.
    @Nullable
    Object evaluate(String expression, Object... arguments) {
        Object result = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const args = [...arguments].slice(0, -1);
                (async () => (%s))().then(done, error => done({failure: String(error)}));
                """.formatted(expression), arguments);
        if (result instanceof Map<?, ?> map && map.containsKey("failure")) {
            throw new IllegalStateException("in the page: " + map.get("failure"));
        }
        return result;
    }

    /// Elements of an expression whose value is an array.
    List<?> evaluateList(String expression, Object... arguments) {
        if (evaluate(expression, arguments) instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("not an array: " + expression);
    }

    @Override
    public void close() {
        driver.quit();
    }
}

package phasebench.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns keys and values, wherever they were written, into a `RelayConfig`.
final class ConfigReader {
    /// One key as the user wrote it.
    ///
    /// @param where for messages: `relay.yaml:3` or `--set`
    record Entry(String where, String key, String value) {}

    private interface Change {
        RelayConfig apply(RelayConfig config, String value);
    }

    private record Key(String allowed, Change change) {}

    private static final String ADDRESS = "IP address and port such as 127.0.0.1:8554, port 0 for any free one";
    private static final Pattern SECONDS = Pattern.compile("([1-9]|[1-5][0-9]|60)s");
    private static final String PROFILE = "profile";
    private static final Map<String, Key> KEYS = keys();

    private ConfigReader() {}

    /// Later entries win over earlier ones, and single settings over a profile, wherever it stands.
    static RelayConfig read(List<Entry> entries) throws UsageException {
        var config = RelayConfig.DEFAULT;
        var profilesFirst = entries.stream()
                .sorted(Comparator.comparing(entry -> !entry.key().equals(PROFILE)))
                .toList();
        for (var entry : profilesFirst) {
            var key = KEYS.get(entry.key());
            if (key == null) {
                throw new UsageException("%s: key '%s': unknown; allowed: %s"
                        .formatted(entry.where(), entry.key(), String.join(", ", KEYS.keySet())));
            }
            try {
                config = key.change().apply(config, entry.value());
            } catch (IllegalArgumentException e) {
                throw new UsageException("%s: key '%s': value '%s' is wrong; allowed: %s"
                        .formatted(entry.where(), entry.key(), entry.value(), key.allowed()));
            }
        }
        return config;
    }

    private static Map<String, Key> keys() {
        var keys = new LinkedHashMap<String, Key>();
        keys.put(
                "rtspAddress",
                new Key(
                        ADDRESS,
                        (config, value) ->
                                config.withAddresses(config.addresses().withRtsp(address(value, _ -> true)))));
        keys.put(
                "httpAddress",
                new Key(
                        ADDRESS,
                        (config, value) ->
                                config.withAddresses(config.addresses().withHttp(address(value, _ -> true)))));
        keys.put(
                "webrtcAddress",
                new Key(
                        ADDRESS + "; IPv4, not 0.0.0.0, since viewers are told it",
                        (config, value) -> config.withAddresses(config.addresses()
                                .withWebrtc(address(
                                        value, ip -> ip.getAddress().length == 4 && !ip.isAnyLocalAddress())))));
        keys.put("countersFile", new Key("path of a file", (config, value) -> config.withCountersFile(path(value))));
        keys.put(
                "bufferChecks",
                new Key(
                        names(RelayConfig.BufferChecks.values()),
                        (config, value) -> config.withBufferChecks(choice(RelayConfig.BufferChecks.values(), value))));
        keys.put(
                PROFILE,
                new Key(
                        names(RelayProfile.values()),
                        (config, value) -> config.withSettings(
                                choice(RelayProfile.values(), value).settings())));
        keys.put("nack", setting(RelaySettings.Nack.values(), RelaySettings::withNack));
        keys.put("mdns", setting(RelaySettings.Mdns.values(), RelaySettings::withMdns));
        keys.put(
                "rtcpInterval",
                new Key(
                        "1s to 60s, whole seconds",
                        (config, value) -> config.withSettings(config.settings().withRtcpInterval(seconds(value)))));
        keys.put("srtp", setting(RelaySettings.Srtp.values(), RelaySettings::withSrtp));
        keys.put("srtpProvider", setting(RelaySettings.Provider.values(), RelaySettings::withSrtpProvider));
        keys.put("buffers", setting(RelaySettings.Buffers.values(), RelaySettings::withBuffers));
        keys.put("copies", setting(RelaySettings.Copies.values(), RelaySettings::withCopies));
        keys.put("threads", setting(RelaySettings.Threads.values(), RelaySettings::withThreads));
        keys.put("send", setting(RelaySettings.Send.values(), RelaySettings::withSend));
        return keys;
    }

    private static InetSocketAddress address(String value, Predicate<InetAddress> isAllowed) {
        var colon = value.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port");
        }
        var host = value.substring(0, colon);
        var ip = InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : host);
        if (!isAllowed.test(ip)) {
            throw new IllegalArgumentException("address not allowed");
        }
        return new InetSocketAddress(ip, Integer.parseInt(value.substring(colon + 1)));
    }

    private static Path path(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return Path.of(value);
    }

    private static Duration seconds(String value) {
        var matcher = SECONDS.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a number of seconds");
        }
        return Duration.ofSeconds(Integer.parseInt(matcher.group(1)));
    }

    private static <C extends RelaySettings.Choice> Key setting(
            C[] choices, BiFunction<RelaySettings, C, RelaySettings> change) {
        return new Key(
                names(choices),
                (config, value) -> config.withSettings(change.apply(config.settings(), choice(choices, value))));
    }

    private static <C extends RelaySettings.Choice> C choice(C[] choices, String value) {
        return Arrays.stream(choices)
                .filter(choice -> choice.text().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a choice"));
    }

    private static String names(RelaySettings.Choice[] choices) {
        return Arrays.stream(choices).map(RelaySettings.Choice::text).collect(Collectors.joining(", "));
    }
}

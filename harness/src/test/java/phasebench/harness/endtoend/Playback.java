package phasebench.harness.endtoend;

import java.util.List;
import java.util.Map;

/// What one page's peer connections have received so far, as the W3C's webrtc-stats identifiers name it.
record Playback(Video video, Audio audio, Secured secured) {
    private static final String STATISTICS = """
            Promise.all(window.peerConnections.map(connection => connection.getStats()))
                .then(reports => reports.flatMap(report => [...report.values()]))""";

    /// @param freezes times that the picture stood still
    /// @param packetsLost those that have not come yet, also if they still may
    record Video(
            long framesDecoded,
            long keyFramesDecoded,
            long freezes,
            long packetsLost,
            long packetsReceived,
            long width,
            long height) {}

    /// @param energy integral of the squared level, in seconds (`totalAudioEnergy`)
    record Audio(double energy, long packetsLost) {}

    /// @param srtpCipher profile name of the last connection, such as `AEAD_AES_128_GCM`
    record Secured(String srtpCipher, String dtlsVersion) {}

    /// Sums over all peer connections of the page.
    static Playback of(Browser browser) {
        List<Map<?, ?>> statistics = records(browser.evaluateList(STATISTICS));
        List<Map<?, ?>> video = inbound(statistics, "video");
        List<Map<?, ?>> audio = inbound(statistics, "audio");
        return new Playback(
                new Video(
                        sum(video, "framesDecoded"),
                        sum(video, "keyFramesDecoded"),
                        sum(video, "freezeCount"),
                        sum(video, "packetsLost"),
                        sum(video, "packetsReceived"),
                        max(video, "frameWidth"),
                        max(video, "frameHeight")),
                new Audio(
                        audio.stream()
                                .mapToDouble(record -> number(record, "totalAudioEnergy"))
                                .sum(),
                        sum(audio, "packetsLost")),
                secured(statistics));
    }

    private static Secured secured(List<Map<?, ?>> statistics) {
        for (Map<?, ?> record : statistics) {
            if ("transport".equals(record.get("type"))) {
                return new Secured(text(record, "srtpCipher"), text(record, "tlsVersion"));
            }
        }
        return new Secured("", "");
    }

    private static List<Map<?, ?>> inbound(List<Map<?, ?>> statistics, String kind) {
        return statistics.stream()
                .filter(record -> "inbound-rtp".equals(record.get("type")) && kind.equals(record.get("kind")))
                .toList();
    }

    private static List<Map<?, ?>> records(List<?> list) {
        return list.stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
    }

    private static long sum(List<Map<?, ?>> records, String key) {
        return records.stream().mapToLong(record -> (long) number(record, key)).sum();
    }

    private static long max(List<Map<?, ?>> records, String key) {
        return records.stream()
                .mapToLong(record -> (long) number(record, key))
                .max()
                .orElse(0);
    }

    private static double number(Map<?, ?> record, String key) {
        return record.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String text(Map<?, ?> record, String key) {
        return record.get(key) instanceof String string ? string : "";
    }
}

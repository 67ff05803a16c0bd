package phasebench.scenarios;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of the relay that a variant may switch, with the values that each takes.
public enum RelaySetting {
    /// A named combination of all settings; single settings beside it win over it.
    PROFILE("profile", new Values.OneOf("mtx-2025", "plan-current", "plan-phase-1", "plan-phase-2", "best")),
    /// What is kept to answer NACKs.
    NACK("nack", new Values.OneOf("per-viewer", "off", "shared")),
    /// Whether each session listens for mDNS by sockets of its own.
    MDNS("mdns", new Values.OneOf("per-session", "off")),
    /// Time between two sender reports of a session.
    RTCP_INTERVAL("rtcpInterval", new Values.WholeSeconds(1, 60)),
    /// Preferred SRTP protection profile.
    SRTP("srtp", new Values.OneOf("aes-cm-sha1", "aes-gcm")),
    /// Whose ciphers protect the packets.
    SRTP_PROVIDER("srtpProvider", new Values.OneOf("jce", "openssl")),
    /// Where memory for packets comes from.
    BUFFERS("buffers", new Values.OneOf("allocate", "pooled")),
    /// Whether each viewer's packets are made anew or shared.
    COPIES("copies", new Values.OneOf("per-viewer", "shared")),
    /// What runs a session.
    THREADS("threads", new Values.OneOf("per-role", "platform", "sharded")),
    /// Packets per system call.
    SEND("send", new Values.OneOf("single", "batch", "gso"));

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // records of unmodifiable lists, which the checker cannot see
    private final Values values;

    RelaySetting(String key, Values values) {
        this.key = key;
        this.values = values;
    }

    /// The name in files and on the relay's command line.
    public String key() {
        return key;
    }

    /// Whether the relay takes this value.
    public boolean allows(String value) {
        return values.allows(value);
    }

    /// The values that the relay takes, in words.
    public String allowed() {
        return values.inWords();
    }

    /// The setting of that name, if there is one.
    public static Optional<RelaySetting> byKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /// Whether the relay's READY line tells what it runs with; a profile shows only in the settings that it
    /// stands for.
    public boolean isEchoed() {
        return this != PROFILE;
    }

    /// The names of all settings.
    public static List<String> keys() {
        return Arrays.stream(values()).map(RelaySetting::key).toList();
    }

    /// The settings under `key`, none if it is missing; complains about those that the relay does not take.
    static Map<String, String> read(Section parent, String key) {
        if (!parent.has(key)) {
            return Map.of();
        }
        Section section = parent.section(key, keys());
        Map<String, String> settings = section.allTexts("a relay setting");
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            byKey(entry.getKey())
                    .filter(setting -> !setting.allows(entry.getValue()))
                    .ifPresent(setting -> section.problem(
                            setting.key,
                            Section.valueOf(entry.getValue()) + " is not one that the relay takes",
                            setting.allowed()));
        }
        return settings;
    }

    private sealed interface Values {
        boolean allows(String value);

        String inWords();

        record OneOf(List<String> words) implements Values {
            OneOf(String... words) {
                this(List.of(words));
            }

            @Override
            public boolean allows(String value) {
                return words.contains(value);
            }

            @Override
            public String inWords() {
                return String.join(", ", words);
            }
        }

        record WholeSeconds(int min, int max) implements Values {
            @Override
            public boolean allows(String value) {
                if (!value.matches("[1-9]\\d?s")) {
                    return false;
                }
                int seconds = Integer.parseInt(value.substring(0, value.length() - 1));
                return seconds >= min && seconds <= max;
            }

            @Override
            public String inWords() {
                return "whole seconds from " + min + "s to " + max + "s";
            }
        }
    }
}

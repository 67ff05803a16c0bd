package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayMainTest {
    private static final RelaySettings SETTINGS = RelayProfile.BEST.settings();

    @Test
    void theReadyLineNamesTheSettings() {
        assertThat(RelayMain.words(SETTINGS, SETTINGS)).isEqualTo(SETTINGS.toString());
    }

    @Test
    void aWayOfSendingThatDoesNotWorkHereStandsBehindTheOneInEffect() {
        assertThat(RelayMain.words(SETTINGS.withSend(RelaySettings.Send.BATCH), SETTINGS))
                .isEqualTo(SETTINGS.toString().replace("send=gso", "send=batch") + " sendConfigured=gso");
    }

    @Test
    void soDoesAProviderThatIsMissing() {
        assertThat(RelayMain.words(SETTINGS, SETTINGS.withSrtpProvider(RelaySettings.Provider.OPENSSL)))
                .isEqualTo(SETTINGS + " srtpProviderConfigured=openssl");
    }

    @Test
    void everyWayOfSendingHasItsSetting() {
        for (var send : RelaySettings.Send.values()) {
            assertThat(RelaySettings.Send.of(send.kind())).isEqualTo(send);
        }
    }
}

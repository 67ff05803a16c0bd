package phasebench.harness.load.viewer;

import java.util.Arrays;
import phasebench.harness.load.wire.SrtpContext;
import phasebench.harness.load.wire.SrtpProfile;

/// The two directions of a viewer's SRTP session.
record ViewerKeys(SrtpProfile profile, SrtpContext send, SrtpContext receive) {
    /// Keys of the DTLS client, cut from the exporter's output: client key, server key, client salt, server salt (RFC
    /// 5764, section 4.2).
    static ViewerKeys ofClient(SrtpProfile profile, byte[] exported) {
        return new ViewerKeys(profile, part(profile, exported, 0), part(profile, exported, 1));
    }

    /// Keys of the DTLS server.
    static ViewerKeys ofServer(SrtpProfile profile, byte[] exported) {
        return new ViewerKeys(profile, part(profile, exported, 1), part(profile, exported, 0));
    }

    private static SrtpContext part(SrtpProfile profile, byte[] exported, int writer) {
        int keyAt = writer * SrtpProfile.KEY_BYTES;
        int saltAt = 2 * SrtpProfile.KEY_BYTES + writer * profile.saltBytes();
        return SrtpContext.of(
                profile,
                Arrays.copyOfRange(exported, keyAt, keyAt + SrtpProfile.KEY_BYTES),
                Arrays.copyOfRange(exported, saltAt, saltAt + profile.saltBytes()));
    }
}

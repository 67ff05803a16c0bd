package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadRoleTest {
    @ParameterizedTest
    @CsvSource({
        "VM Thread,vm-thread,true",
        "GC Thread#0,gc,true",
        "G1 Refine#0,gc,true",
        "ZWorkerOld#0,gc,true",
        "C2 CompilerThre,jit,true",
        "Attach Listener,attach,true",
        "JFR Recorder Th,profiler,true",
        "VirtualThread-u,vm,true",
        "ForkJoinPool-1-,carrier,false",
        "MasterPoller,poller,false",
        "Read-Poller,poller,false",
        "webrtc-reader-0,webrtc-reader,false",
        "webrtc-reader-1,webrtc-reader,false",
        "rtsp-accept,rtsp-accept,false",
        "12,12,false",
        "java,main,false"
    })
    void aNameTellsTheRole(String comm, String role, boolean isOfJvm) {
        assertThat(ThreadRole.of(comm, false)).isEqualTo(role);
        assertThat(ThreadRole.isOfJvm(role)).isEqualTo(isOfJvm);
    }

    @Test
    void theFirstThreadOnlyWaitsForTheJvmToEnd() {
        assertThat(ThreadRole.of("java", true)).isEqualTo("vm");
    }
}

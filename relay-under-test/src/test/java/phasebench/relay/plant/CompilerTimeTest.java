package phasebench.relay.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilerTimeTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void compilersHaveWorkedByTheTimeThatATestRunsAndNotLongerThanTheProcess() {
        var process = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        assertThat(CompilerTime.ofThisProcess().cpuNs()).isBetween(1L, process.getProcessCpuTime());
    }
}

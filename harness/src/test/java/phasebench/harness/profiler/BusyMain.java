package phasebench.harness.profiler;

import java.util.ArrayList;
import java.util.List;

/// Computes and allocates until it is ended.
public final class BusyMain {
    private BusyMain() {}

    public static void main(String[] args) {
        System.out.println("busy");
        List<byte[]> kept = new ArrayList<>();
        for (long i = 0; ; i++) {
            kept.add(new byte[(int) (1000 + (i * 31 & 0xfff))]);
            if (kept.size() > 1000) {
                kept.clear();
            }
        }
    }
}

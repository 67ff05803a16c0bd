package phasebench.relay.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.stream.Ingest;

/// The changes at work in one relay.
public final class Planted {
    private final Map<PlantKind, Double> amounts;
    private final ThreadStarter threads;
    private final @Nullable CpuPlant cpu;

    Planted(Map<PlantKind, Double> amounts, RelayMetrics metrics, ThreadStarter threads) {
        this.amounts = amounts;
        this.threads = threads;
        var share = amounts.get(PlantKind.CPU);
        if (share == null) {
            this.cpu = null;
        } else {
            CpuPrice price = CpuPrice.ofThisProcess(share / 100);
            this.cpu = new CpuPlant(price);
            metrics.gauge("relay_planted_cpu_ns", "CPU time burnt on purpose", price::burntNs);
        }
    }

    /// What is planted in the way of one viewer's packets. A session that gets it has threads to lose.
    public ViewerPlant forViewer() {
        if (amounts.isEmpty()) {
            return ViewerPlant.NONE;
        }
        ThreadPlant.leak(threads, (int) amount(PlantKind.THREADS));
        List<ViewerPlant> plants = new ArrayList<>();
        if (cpu != null) {
            plants.add(cpu);
        }
        if (amounts.containsKey(PlantKind.ALLOC)) {
            plants.add(new AllocationPlant((int) amount(PlantKind.ALLOC)));
        }
        if (amounts.containsKey(PlantKind.WALK)) {
            plants.add(new WalkPlant((int) amount(PlantKind.WALK)));
        }
        if (amounts.containsKey(PlantKind.HOARD)) {
            plants.add(new HoardPlant((int) amount(PlantKind.HOARD)));
        }
        return switch (plants.size()) {
            case 0 -> ViewerPlant.NONE;
            case 1 -> plants.getFirst();
            default -> new ManyPlants(plants);
        };
    }

    /// The way in for publishers, with what is planted in it.
    public Ingest before(Ingest ingest) {
        return amounts.containsKey(PlantKind.LATENCY)
                ? new LatencyPlant(ingest, Duration.ofNanos((long) amount(PlantKind.LATENCY)))
                : ingest;
    }

    private double amount(PlantKind kind) {
        return amounts.getOrDefault(kind, 0.0);
    }
}

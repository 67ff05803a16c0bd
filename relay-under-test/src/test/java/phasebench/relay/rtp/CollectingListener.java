package phasebench.relay.rtp;

import java.util.ArrayList;
import java.util.List;

/// Keeps what a depacketizer gives.
final class CollectingListener implements Depacketizer.Listener {
    final List<AccessUnit> units = new ArrayList<>();
    final List<IngestDrop> drops = new ArrayList<>();

    @Override
    public void accessUnit(AccessUnit unit) {
        units.add(unit.kept());
    }

    @Override
    public void dropped(IngestDrop reason) {
        drops.add(reason);
    }

    /// NAL unit types of each access unit.
    List<List<Integer>> types() {
        return units.stream()
                .map(unit -> unit.units().stream().map(NalUnit::type).toList())
                .toList();
    }
}

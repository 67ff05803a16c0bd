package phasebench.relay.plant;

import java.util.List;

/// Several plants, one after the other.
final class ManyPlants extends ViewerPlant {
    private final ViewerPlant[] plants;

    ManyPlants(List<ViewerPlant> plants) {
        this.plants = plants.toArray(ViewerPlant[]::new);
    }

    @Override
    public void packet(int bytes) {
        for (var plant : plants) {
            plant.packet(bytes);
        }
    }

    @Override
    public void endOfUnit() {
        for (var plant : plants) {
            plant.endOfUnit();
        }
    }
}

package phasebench.harness.load.audit;

import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.TrackKind;

/// What a window counts of one track of one viewer, and how its packets are told.
public record TrackPart(TrackKind track, FrameClock clock, FrameWindow frames) {}

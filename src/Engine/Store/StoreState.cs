namespace Qipan.Engine.Store;

/// <summary>What readers see: replaced as a whole, never changed.</summary>
sealed record StoreState(SegmentSet Set, RecentView Recent, Manifest Manifest);

using Qipan.Kernel;

namespace Qipan.Engine.Store;

/// <summary>What makes a visit one that can be stored.</summary>
static class Judgement
{
    static readonly VisitInverted Inverted = new();
    static readonly VisitZeroLength ZeroLength = new();
    static readonly VisitOutOfRange OutOfRange = new();
    static readonly VisitForgotten Forgotten = new();

    /// <summary>Null for a visit that can be stored.</summary>
    public static Refusal? Of(in Visit visit, long floor)
    {
        if (visit.Leave < visit.Enter)
            return Inverted;
        if (visit.Leave == visit.Enter)
            return ZeroLength;
        if (visit.Enter < 0 || visit.Enter > Visit.LatestTime || visit.Visitor >= Visit.IdLimit || visit.Place >= Visit.IdLimit)
            return OutOfRange;
        if (visit.Kind == LeaveKind.Open ? visit.Leave != Visit.NotLeft : visit.Leave > Visit.LatestTime)
            return OutOfRange;
        return visit.Enter < floor ? Forgotten : null;
    }
}

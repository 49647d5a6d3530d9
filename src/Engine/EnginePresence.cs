using Qipan.Engine.Ids;
using Qipan.Kernel;

namespace Qipan.Engine;

/// <summary>The presence of one folder. The store is the caller's, and outlives this.</summary>
public sealed class EnginePresence(VisitStore store) : IPresence
{
    public Task<uint> Number(IdKind kind, string outside) => Task.FromResult(Book(kind).Number(outside));

    public uint? Find(IdKind kind, string outside) => Book(kind).Find(outside);

    public string? Outside(IdKind kind, uint dense) => Book(kind).Outside(dense);

    public Task<uint[]> Number(IdKind kind, IReadOnlyList<string> outside)
    {
        var book = Book(kind);
        return Task.FromResult<uint[]>([.. outside.Select(book.Number)]);
    }

    public string?[] Outside(IdKind kind, IReadOnlyList<uint> dense)
    {
        var book = Book(kind);
        return [.. dense.Select(book.Outside)];
    }

    /// <summary>Runs on a thread of the pool: its flush waits for the disk.</summary>
    public Task<Outcome<AppendReceipt>> Append(IReadOnlyList<Visit> visits)
    {
        var batch = visits as Visit[] ?? [.. visits];
        return Task.Run(() => store.Append(batch));
    }

    public TraceFound Trace(TraceIndex of, TraceRule rule, bool withEpisodes = false)
    {
        using var view = store.Read();
        var tracer = new Tracer(view);
        tracer.Trace(of, rule, withEpisodes);
        return TraceFound.Of(tracer.Ring1, tracer.Ring2, tracer.Episodes);
    }

    public IReadOnlyList<Visit> Itinerary(uint visitor, long from = 0, long to = Visit.NotLeft) => Ask(v => v.Itinerary(visitor, from, to));

    public IReadOnlyList<Visit> Present(uint place, long from, long to) => Ask(v => v.Present(place, from, to));

    public IReadOnlyList<PlaceCount> Occupancy(long at) => Ask(v => v.Occupancy(at, Environment.ProcessorCount));

    public IReadOnlyList<int> OccupancySeries(uint place, long from, long to, long step) => Ask(v => v.OccupancySeries(place, from, to, step));

    public IReadOnlyList<SharedPlace> Shared(IReadOnlyList<TraceIndex> cases) => Ask(v => v.Shared(cases));

    public Task<long> ForgetBefore(long instant) => Task.Run(() => store.ForgetBefore(instant));

    public Task<long> ForgetVisitors(IReadOnlyCollection<uint> visitors) => Task.Run(() => store.ForgetVisitors(visitors));

    IdBook Book(IdKind kind) => kind == IdKind.Visitor ? store.Visitors : store.Places;

    T Ask<T>(Func<PresenceView, T> question)
    {
        using var view = store.Read();
        return question(view);
    }
}

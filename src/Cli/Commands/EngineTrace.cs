using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Qipan.Engine;

namespace Qipan.Cli.Commands;

/// <summary>`qipan engine trace`: contacts of each index person, ring by ring, with their evidence.</summary>
static class EngineTrace
{
    const int ChunkOfIndexes = 64;

    sealed record Request(string Store, string Index, TraceRule Rule, string? Out, bool Time, int Threads);

    public static Command Make()
    {
        var store = EngineCommand.Store();
        var index = new Option<string>("--index") { Description = "CSV of index persons: person,from,to.", HelpName = "FILE", Required = true };
        var overlap = EngineCommand.Span("--min-overlap", "Least time that two stays share, as 15m.");
        overlap.Required = true;
        var rings = new Option<int>("--rings") { Description = "1, or 2 for the contacts' contacts too.", DefaultValueFactory = _ => 2 };
        rings.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (1 or 2))
                result.AddError("--rings is 1 or 2.");
        });
        var lag = EngineCommand.Span("--lag", "Lengthens the followed person's stays: what stays in the air.");
        var whole = new Option<bool>("--whole-window") { Description = "Follow contacts through the whole window, not only from their first contact on." };
        var area = new Option<bool>("--same-area") { Description = "Only within the same sub-area; an unknown one matches every one." };
        var output = EngineCommand.Out();
        var time = new Option<bool>("--time") { Description = "Also the median, p99 and total time of the queries alone, in milliseconds." };
        var threads = new Option<int>("--threads") { Description = "Threads; all cores unless given.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("trace", "Find who met the index persons.") { store, index, overlap, rings, lag, whole, area, output, time, threads };
        command.SetAction(parsed => Run(
            new Request(
                parsed.GetRequiredValue(store), parsed.GetRequiredValue(index),
                new TraceRule
                {
                    MinOverlap = parsed.GetValue(overlap) ?? 0,
                    Rings = parsed.GetValue(rings),
                    Lag = parsed.GetValue(lag) ?? 0,
                    WholeWindow = parsed.GetValue(whole),
                    SameArea = parsed.GetValue(area),
                },
                parsed.GetValue(output), parsed.GetValue(time), parsed.GetValue(threads)),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    static int Run(Request request, TextWriter output, TextWriter error) => EngineCommand.Ask(request.Store, error, (store, view) =>
    {
        if (!EngineIndexFile.Read(request.Index, store, error, out var indexes))
            return ExitCode.Usage;
        var totals = new Totals();
        var times = new double[indexes.Count];
        var clock = Stopwatch.StartNew();
        if (request.Out is null)
            Trace(store, view, request, indexes, null, totals, times);
        else
            using (var file = new StreamWriter(request.Out, false, new UTF8Encoding(false), 1 << 16))
                Trace(store, view, request, indexes, file, totals, times);
        WriteSummary(output, request, indexes.Count, totals, times, clock.Elapsed);
        return ExitCode.Done;
    });

    /// <summary>Some dozens of index persons at a time, so that rows leave in the order of the file and memory stays bounded.</summary>
    static void Trace(
        VisitStore store, PresenceView view, Request request, List<TraceIndex> indexes, StreamWriter? file, Totals totals, double[] times)
    {
        var batch = new TraceBatch(view, request.Threads);
        file?.WriteLine("index,ring,contact,episodes,overlap_seconds,first,last,places,via");
        for (var from = 0; from < indexes.Count; from += ChunkOfIndexes)
        {
            var here = indexes.Slice(from, Math.Min(ChunkOfIndexes, indexes.Count - from));
            var texts = new string?[here.Count];
            batch.Run(here, request.Rule, (i, tracer, took) =>
            {
                times[from + i] = took.TotalMilliseconds;
                lock (totals)
                    totals.Add(tracer);
                if (file is not null)
                    texts[i] = EngineTraceRows.Of(store, here[i].Visitor, tracer);
            }, withEpisodes: file is not null);
            foreach (var text in texts)
                file?.Write(text);
        }
    }

    static void WriteSummary(TextWriter output, Request request, int indexes, Totals totals, double[] times, TimeSpan wall)
    {
        var summary = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["index_persons"] = indexes,
            ["contacts"] = request.Rule.Rings == 2
                ? new Dictionary<string, long>(StringComparer.Ordinal) { ["ring1"] = totals.Ring1, ["ring2"] = totals.Ring2 }
                : new Dictionary<string, long>(StringComparer.Ordinal) { ["ring1"] = totals.Ring1 },
            ["episodes"] = totals.Episodes,
            ["overlap_seconds"] = totals.Seconds,
        };
        if (request.Time)
        {
            Array.Sort(times);
            double At(double share) => times.Length == 0 ? 0 : Math.Round(times[(int)Math.Min(times.Length - 1, share * times.Length)], 4);
            summary["time_ms"] = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["median"] = At(0.5),
                ["p99"] = At(0.99),
                ["total"] = Math.Round(times.Sum(), 3),
                ["wall"] = Math.Round(wall.TotalMilliseconds, 3),
            };
            summary["threads"] = request.Threads;
        }
        output.WriteLine(JsonSerializer.Serialize(summary));
    }

    sealed class Totals
    {
        public long Ring1 { get; private set; }

        public long Ring2 { get; private set; }

        public long Episodes { get; private set; }

        public long Seconds { get; private set; }

        public void Add(Tracer tracer)
        {
            Ring1 += tracer.Ring1.Length;
            Ring2 += tracer.Ring2.Length;
            foreach (var contact in tracer.Ring1)
                Add(contact);
            foreach (var contact in tracer.Ring2)
                Add(contact);
        }

        void Add(Contact contact)
        {
            Episodes += contact.Episodes;
            Seconds += contact.OverlapSeconds;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.ChainDesk;

/// <summary>
/// The chains as columns, for the picture: one array for each field, one number a case or a link. Case numbers, days, places and classes, and
/// nothing of the persons. The same in src/Web/islands/chains/data.ts.
/// </summary>
sealed class ChainColumns(ChainSet set, IReadOnlyList<ClusterRow> clusters, IReadOnlyDictionary<string, string> names) : IResult
{
    /// <summary>About so much is written before it is sent on.</summary>
    const int Portion = 32 * 1024;

    public static IResult Of(HttpContext http, Store store, ChainBook book, string disease, string? area)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        if (!chosen.Ok)
            return Answers.Problem(chosen.Refusal);
        return store.Read(s => book.Of(s, http.Caller(), chosen.Value.Code, disease).Map(set => new ChainColumns(
            set, ChainListModel.ClustersOf(s, set), Lookups.Places(s, set.Cases.Select(c => c.Place), RequestLanguage.Of(http)))))
            .Match(columns => columns, Answers.Problem);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        var days = set.Cases.Select(c => set.DayOf(c)).ToList();
        var first = days.Count == 0 ? DateOnly.MinValue : days[0].Day;
        var series = new Numbered();
        var places = new Numbered();
        var split = set.Cases.Select(c => Split(c.No)).ToList();
        var (seriesOf, placeOf) = (split.ConvertAll(n => series.Of(n.Series)), set.Cases.Select(c => places.Of(c.Place)).ToList());
        var clusterAt = clusters.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i);
        json.WriteStartObject();
        json.WriteString("format", "qipan-chains-1");
        json.WriteString("from", first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("series");
        foreach (var one in series.Values)
            json.WriteStringValue(one);
        json.WriteEndArray();
        Pairs(json, "places", places.Values.Select(p => (p, names.GetValueOrDefault(p, p))));
        Pairs(json, "clusters", clusters.Select(c => (c.Id.ToString(), c.Name)));
        json.WriteStartObject("cases");
        await Column(json, "series", seriesOf);
        await Column(json, "number", split.Select(n => n.Number));
        await Column(json, "day", days.Select(d => d.Day.DayNumber - first.DayNumber));
        await Column(json, "basis", days.Select(d => (int)d.Basis));
        await Column(json, "class", set.Cases.Select(c => (int)c.Class));
        await Column(json, "place", placeOf);
        await Column(json, "cluster", set.Cases.Select(c => c.Cluster is { } id ? clusterAt.GetValueOrDefault(id, -1) : -1));
        await Column(json, "chain", set.Graph.Component);
        await Column(json, "generation", set.Graph.Generation);
        await Column(json, "marks", set.Cases.Select(Marks));
        json.WriteEndObject();
        json.WriteStartObject("links");
        await Column(json, "from", set.Links.Select(l => l.From));
        await Column(json, "to", set.Links.Select(l => l.To));
        await Column(json, "confidence", set.Links.Select(l => (int)l.Confidence));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static async Task Column(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
            if (json.BytesPending > Portion)
                await json.FlushAsync();
        }
        json.WriteEndArray();
    }

    static void Pairs(Utf8JsonWriter json, string name, IEnumerable<(string Key, string Name)> pairs)
    {
        json.WriteStartArray(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>The bits that data.ts names.</summary>
    int Marks(ChainCase one, int at) => (set.IsHead(at) ? 1 : 0) | (one.SourceMissing ? 2 : 0) | (one.OpenTail ? 4 : 0)
        | (one.SourceState == SourceState.Unknown ? 8 : 0) | (set.FromOutside(at) ? 16 : 0);

    /// <summary>220204-2022-00017 as 220204-2022 and 17.</summary>
    static (string Series, int Number) Split(string no) => no.LastIndexOf('-') is var at && at > 0
        && int.TryParse(no.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (no[..at], number) : (no, 0);

    /// <summary>Values by the order in which they come first.</summary>
    sealed class Numbered
    {
        readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

        public List<string> Values { get; } = [];

        public int Of(string value)
        {
            if (!places.TryGetValue(value, out var at))
            {
                places[value] = at = Values.Count;
                Values.Add(value);
            }
            return at;
        }
    }
}

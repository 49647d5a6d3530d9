using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Reads outlines of places 边界 from a GeoJSON FeatureCollection.</summary>
/// <param name="Path">The file; refused features go to PATH.refused.geojson, each with its reason.</param>
/// <param name="Property">The property of a feature that holds the place's code.</param>
/// <param name="DryRun">Judges everything and writes nothing.</param>
public sealed record ImportBoundaries(string Path, string Property = "code", bool DryRun = false)
{
    /// <summary>How the job names the file; the path's last part unless given.</summary>
    public string? FileName { get; init; }
}

/// <summary>
/// Each feature is judged alone: its place must be in the tree and in the caller's territory, its geometry an outline in degrees. A place has
/// one outline; another one takes its place, the same one again changes nothing.
/// </summary>
public sealed class ImportBoundariesHandler(Store store)
{
    /// <summary>The file is read as a whole: a larger one is divided by province or by level.</summary>
    public const int MostMegabytes = 128;

    const int UnitFeatures = 500;
    const int FirstRefused = 1_000;

    /// <param name="command">What to read.</param>
    /// <param name="actor">Stands with each outline.</param>
    /// <param name="caller">Whose territory holds; null for the command line.</param>
    public async Task<Outcome<ImportReport>> Handle(ImportBoundaries command, Actor actor, Caller? caller)
    {
        FileFacts facts;
        JsonDocument document;
        try
        {
            await using var file = File.OpenRead(command.Path);
            if (file.Length > MostMegabytes * 1024L * 1024L)
                return new ImportTooLarge(MostMegabytes);
            facts = FileFacts.Of(file);
            file.Position = 0;
            document = await JsonDocument.ParseAsync(file);
        }
        catch (JsonException)
        {
            return new BoundariesUnreadable();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
        using (document)
        {
            if (Features(document.RootElement) is not { } features)
                return new BoundariesUnreadable();
            return await Read(features, command, facts, actor, caller);
        }
    }

    static JsonElement? Features(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("features", out var features)
        && features.ValueKind == JsonValueKind.Array ? features : null;

    async Task<Outcome<ImportReport>> Read(JsonElement features, ImportBoundaries command, FileFacts facts, Actor actor, Caller? caller)
    {
        var job = new ImportJobRow
        {
            Id = Uuid7.New(store.Clock),
            Kind = "boundaries",
            FileName = command.FileName ?? Path.GetFileName(command.Path),
            FileHash = facts.Hash,
            StartedAt = store.Clock.GetUtcNow(),
            Actor = actor.ToString(),
        };
        var refused = new List<(long Row, Refusal Why, JsonElement Feature)>();
        var changes = store.Read(PlaceTree.Changes);
        var row = 0L;
        foreach (var chunk in features.EnumerateArray().Chunk(UnitFeatures))
        {
            var unit = Judge(chunk, row, command.Property, changes, actor, caller, refused);
            row += chunk.Length;
            var before = job;
            string[] owners = [.. unit.Select(s => s.Shape.Owner).Append(WriteScope.Deployment).Distinct()];
            var outcome = command.DryRun
                ? store.Read(session => Outcome.Of(Sort(session, unit)))
                : await store.Write(new WriteScope(actor, owners), session =>
                {
                    var sorted = Sort(session, unit);
                    Write(session, sorted);
                    var done = Counted(before, chunk.Length, sorted, unit.Count) with { FinishedAt = session.Now, State = ImportState.Finished };
                    if (before.RowCount == 0)
                        session.Insert(ImportJobRow.Rows, [done], IfThere.Skip);
                    session.Update(ImportJobRow.Rows, [done]);
                    foreach (var county in sorted.New.Concat(sorted.Changed).GroupBy(s => s.Owner))
                        session.Trail(county.Key, "import_boundaries", new Ref("import", job.Id), detail: new { facts.Hash, places = county.Count() });
                    return Outcome.Of(sorted);
                });
            if (!outcome.Ok)
                return outcome.Refusal;
            refused.AddRange(unit.Where(u => outcome.Value.Unknown.Contains(u.Shape.Code))
                .Select(u => (u.Row, (Refusal)PlaceUnknown.Of(u.Shape.Code, command.Property), u.Feature)));
            job = Counted(job, chunk.Length, outcome.Value, unit.Count);
        }
        refused.Sort((a, b) => a.Row.CompareTo(b.Row));
        var beside = refused.Count > 0 && !command.DryRun ? await Beside(command.Path, refused) : null;
        return new ImportReport(job.Id, "boundaries", job.RowCount, job.Accepted, job.Had, job.Refused, 0, 0, facts.Hash, beside,
            [.. refused.Take(FirstRefused).Select(r => new RefusedItem(r.Row, r.Why.Code, r.Why.Sentence, r.Why.Chinese))]);
    }

    /// <summary>The features that are outlines of a place of the caller's; of two of one place the later one holds.</summary>
    List<Judged> Judge(JsonElement[] features, long before, string property, IReadOnlyDictionary<string, string> changes, Actor actor, Caller? caller,
        List<(long Row, Refusal Why, JsonElement Feature)> refused)
    {
        var taken = new Dictionary<string, Judged>(StringComparer.Ordinal);
        var now = store.Clock.GetUtcNow();
        for (var i = 0; i < features.Length; i++)
        {
            var row = before + i + 1;
            if (CodeOf(features[i], property) is not { } text)
            {
                refused.Add((row, new BoundaryWithoutCode(), features[i]));
                continue;
            }
            var parsed = PlaceCode.Parse(text);
            if (!parsed.Ok)
            {
                refused.Add((row, parsed.Refusal, features[i]));
                continue;
            }
            var code = PlaceTree.Current(changes, parsed.Value.Value);
            if (caller?.Must(Permission.EditPlaces, code) is { Ok: false } no)
            {
                refused.Add((row, no.Refusal!, features[i]));
                continue;
            }
            var read = features[i].TryGetProperty("geometry", out var geometry) ? ShapeReader.Read(geometry) : new ShapeMissing();
            if (!read.Ok)
            {
                refused.Add((row, read.Refusal, features[i]));
                continue;
            }
            if (taken.Remove(code, out var earlier))
                refused.Add((earlier.Row, new BoundaryTwice(), earlier.Feature));
            var shape = read.Value;
            taken.Add(code, new Judged(row, features[i], new PlaceShape
            {
                Code = code,
                Shape = shape.GeoJson,
                Points = shape.Points,
                MinLon = shape.MinLon,
                MinLat = shape.MinLat,
                MaxLon = shape.MaxLon,
                MaxLat = shape.MaxLat,
                At = now,
                Actor = actor.ToString(),
            }));
        }
        return [.. taken.Values];
    }

    static string? CodeOf(JsonElement feature, string property) => feature.ValueKind == JsonValueKind.Object
        && feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(property, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    static Sorted Sort(Session session, List<Judged> unit)
    {
        var codes = unit.ConvertAll(u => u.Shape.Code);
        var places = PlaceTree.ByCodes(session, codes);
        var there = codes.Count == 0 ? [] : session.Query<Standing>($"SELECT code, shape FROM place_shape WHERE owner {session.In("owners")} AND code {session.In("codes")}",
            new { owners = session.Keys(codes.Select(PlaceCode.OwnerOf).Distinct()), codes = session.Keys(codes) }).ToDictionary(s => s.Code, s => s.Shape, StringComparer.Ordinal);
        var known = unit.Where(u => places.ContainsKey(u.Shape.Code)).Select(u => u.Shape).ToList();
        return new Sorted(
            [.. known.Where(s => !there.ContainsKey(s.Code))],
            [.. known.Where(s => there.TryGetValue(s.Code, out var shape) && shape != s.Shape)],
            known.Count(s => there.TryGetValue(s.Code, out var shape) && shape == s.Shape),
            codes.Where(c => !places.ContainsKey(c)).ToHashSet(StringComparer.Ordinal));
    }

    static void Write(WriteSession session, Sorted sorted)
    {
        session.Insert(PlaceShape.Rows, sorted.New);
        session.Update(PlaceShape.Rows, sorted.Changed);
    }

    static ImportJobRow Counted(ImportJobRow job, int rows, Sorted sorted, int judged) => job with
    {
        RowCount = job.RowCount + rows,
        Accepted = job.Accepted + sorted.New.Count + sorted.Changed.Count,
        Had = job.Had + sorted.Had,
        Refused = job.Refused + rows - judged + sorted.Unknown.Count,
    };

    static async Task<string> Beside(string path, List<(long Row, Refusal Why, JsonElement Feature)> refused)
    {
        var beside = path + ".refused.geojson";
        await using var file = File.Create(beside);
        await using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        foreach (var (row, why, feature) in refused)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteNumber("row", row);
            json.WriteString("refused", why.Code);
            json.WriteString("reason", why.Sentence);
            json.WriteString("原因", why.Chinese);
            json.WritePropertyName("feature");
            feature.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return beside;
    }

    sealed record Judged(long Row, JsonElement Feature, PlaceShape Shape);

    sealed record Sorted(List<PlaceShape> New, List<PlaceShape> Changed, int Had, HashSet<string> Unknown);

    sealed class Standing
    {
        public string Code { get; init; } = "";

        public string Shape { get; init; } = "";
    }
}

/// <summary>Not GeoJSON.</summary>
public sealed record BoundariesUnreadable() : Refusal("boundaries_unreadable", RefusalKind.Invalid,
    "This is no GeoJSON FeatureCollection in UTF-8. Convert the file, for instance with ogr2ogr -f GeoJSON.",
    "该文件不是UTF-8编码的GeoJSON FeatureCollection，请先转换（例如使用ogr2ogr -f GeoJSON）。");

/// <summary>Nobody says whose outline it is.</summary>
public sealed record BoundaryWithoutCode() : FieldRefusal("code", "boundary_without_code", RefusalKind.Invalid,
    "This feature does not say which place it bounds: its properties hold no place code under the name asked for.", "该要素未说明属于哪个地点：属性中没有指定名称的地点编码。");

/// <summary>Two outlines of one place in one file.</summary>
public sealed record BoundaryTwice() : FieldRefusal("code", "boundary_twice", RefusalKind.Invalid,
    "Another feature later in the file bounds the same place; that one was taken. Join both into one MultiPolygon.", "文件后部另有同一地点的边界并已采用，请合并为一个MultiPolygon。");

using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>
/// RDML 1.0 to 1.3: reactions are numbered along the rows of their run's plate; a missing or negative cq is the standard's way to
/// say that none was determined. Curves are passed over.
/// </summary>
sealed class RdmlResults(ReadLimits limits)
{
    static readonly string[] Undetermined = ["-1", "-1.0"];
    readonly ReadingCollector collector = new(limits);
    readonly CtText ctText = new(Undetermined, limits.MaxCt);
    readonly Dictionary<string, (string? Description, string Type)> samples = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> dyes = new(StringComparer.Ordinal);
    readonly List<RdmlReaction> reactions = [];
    readonly List<RdmlPlate> plates = [];
    string? instrument, software, publisher, serial, runDate;
    int? plateWells;
    int runs;
    int experiments;

    /// <summary>The part of the archive that is RDML, or null.</summary>
    public static string? PartIn(SafeZip zip)
    {
        if (zip.Has("rdml_data.xml"))
            return "rdml_data.xml";
        return zip.Names.Where(name => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            && !name.Contains('/', StringComparison.Ordinal))
            .Take(8).FirstOrDefault(name => zip.Root(name) == "rdml");
    }

    public static ResultFile Read(SafeZip zip, string part, ReadLimits limits) => zip.Read(part, new RdmlResults(limits).Read);

    public static ResultFile Read(PartStream stream, ReadLimits limits) =>
        XmlCursor.Read(stream, "RDML", limits, new RdmlResults(limits).Read);

    ResultFile Read(XmlCursor xml)
    {
        if (xml.Name != "rdml")
            throw new UnreadableFileException(FileRefusals.UnknownFormat);
        xml.EachChild(name =>
        {
            switch (name)
            {
                case "id":
                    xml.EachChild(child => Keep(child, xml, "publisher", ref publisher, "serialNumber", ref serial));
                    break;
                case "sample":
                    ReadSample(xml);
                    break;
                case "target":
                    ReadTarget(xml);
                    break;
                case "experiment":
                    experiments++;
                    xml.EachChild(child =>
                    {
                        if (child == "run")
                            ReadRun(xml);
                    });
                    break;
            }
        });
        foreach (var run in reactions.GroupBy(reaction => reaction.Run).ToList())
            PlaceOnPlate(run.ToList());
        return Results.Complete(Head(), collector);
    }

    ResultFile Head()
    {
        var started = InstrumentTime.Read(runDate, limits.LocalZone, out var unclear);
        if (unclear)
            collector.FlagOnce(FileProblems.ZoneAmbiguous);
        return Results.Of(ResultFormat.Rdml) with
        {
            Instrument = instrument ?? publisher,
            InstrumentSerial = serial,
            Software = software,
            RunStartedAt = started,
            PlateWells = plateWells,
        };
    }

    void ReadSample(XmlCursor xml)
    {
        var id = xml.Attribute("id");
        string? description = null, type = null;
        xml.EachChild(name => Keep(name, xml, "description", ref description, "type", ref type));
        if (id is not null && samples.Count < limits.MaxReadings)
            samples.TryAdd(id, (description?.Trim(), type?.Trim() ?? ""));
    }

    void ReadTarget(XmlCursor xml)
    {
        var id = xml.Attribute("id");
        xml.EachChild(name =>
        {
            if (name == "dyeId" && id is not null && xml.Attribute("id") is { Length: > 0 } dye && dyes.Count < limits.MaxReadings)
                dyes.TryAdd(id, dye);
        });
    }

    void ReadRun(XmlCursor xml)
    {
        var run = string.Create(CultureInfo.InvariantCulture, $"run {++runs}");
        int? rows = null, columns = null;
        string? software1 = null, version = null;
        xml.EachChild(name =>
        {
            switch (name)
            {
                case "instrument":
                    instrument ??= NullIfBlank(xml.Text());
                    break;
                case "dataCollectionSoftware":
                    xml.EachChild(child => Keep(child, xml, "name", ref software1, "version", ref version));
                    software ??= NullIfBlank($"{software1} {version}".Trim());
                    break;
                case "runDate":
                    runDate ??= xml.Text();
                    break;
                case "pcrFormat":
                    string? r = null, c = null;
                    xml.EachChild(child => Keep(child, xml, "rows", ref r, "columns", ref c));
                    (rows, columns) = (Count(r), Count(c));
                    if (rows * columns is 96 or 384)
                        plateWells ??= rows * columns;
                    break;
                case "react":
                    ReadReaction(xml, run, rows, columns);
                    break;
            }
        });
    }

    void ReadReaction(XmlCursor xml, string run, int? rows, int? columns)
    {
        var id = xml.Attribute("id") ?? "";
        var sample = "";
        var first = reactions.Count;
        xml.EachChild(name =>
        {
            if (name == "sample")
                sample = xml.Attribute("id") ?? "";
            else if (name == "data")
                ReadData(xml, new RdmlReaction(experiments, run, id, rows, columns));
        });
        for (var i = first; i < reactions.Count; i++)
            reactions[i] = reactions[i] with { Sample = sample };
    }

    void ReadData(XmlCursor xml, RdmlReaction reaction)
    {
        if (reactions.Count >= limits.MaxReadings)
            throw new UnreadableFileException(FileRefusals.TooManyReadings(limits.MaxReadings));
        string? excluded = null, note = null;
        var cycles = 0;
        xml.EachChild(name =>
        {
            if (name == "tar")
                reaction = reaction with { Target = xml.Attribute("id") ?? "" };
            else if (name == "cq")
                reaction = reaction with { Cq = xml.Text() };
            else if (name == "adp")
                cycles++;
            else
                Keep(name, xml, "excl", ref excluded, "note", ref note);
        });
        reactions.Add(
            reaction with { Cycles = cycles, Excluded = excluded is not null, Note = NullIfBlank(excluded) ?? NullIfBlank(note) });
    }

    // Bio-Rad writes each dye of one plate as a run of its own: such runs belong to one plate, or a tube would get two calls.
    void PlaceOnPlate(List<RdmlReaction> run)
    {
        var plate = plates.FindIndex(known => known.Takes(run));
        if (plate < 0)
        {
            plate = plates.Count;
            plates.Add(new RdmlPlate());
        }
        plates[plate].Add(run);
        var name = plate == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"plate {plate + 1}");
        foreach (var reaction in run)
            Add(reaction, name);
    }

    void Add(RdmlReaction data, string? plate)
    {
        var number = Count(data.Id);
        var where = collector.Place(number ?? 0, data.Run);
        var outside = false;
        string? well = null;
        if (number is { } count && data is { Columns: { } columns, Rows: { } rows })
        {
            if (!WellName.FromNumber(count, columns, rows * columns is 96 ? 96 : null, out well, out outside) || count > rows * columns)
                well = null;
        }
        else if (!WellName.TryRead(data.Id, null, out well, out outside))
        {
            well = null;
        }
        if (well is null)
        {
            var missing = number is not null && data.Columns is null;
            collector.Refuse(
                where, missing ? FileProblems.PlateFormatMissing : outside ? FileProblems.WellOutOfRange : FileProblems.WellUnknown);
            return;
        }
        var (reading, cq, problem) = data.Cq is null ? (CtReading.Undetermined, null, null) : ctText.Read(data.Cq);
        if (problem is { Code: "ct_too_high" } && data.Cycles > 0
            && double.TryParse(data.Cq, NumberStyles.Float, CultureInfo.InvariantCulture, out var beyond) && beyond > data.Cycles)
        {
            // LightCycler writes 100 for a curve that never crosses; the file shows how many cycles were run, so nothing is guessed.
            collector.FlagOnce(FileProblems.CtBeyondRun);
            (reading, cq, problem) = (CtReading.Determined, beyond, null);
        }
        if (problem is { } refused)
        {
            collector.Refuse(where, refused, well, plate);
            return;
        }
        var (description, type) = samples.GetValueOrDefault(data.Sample, (null, ""));
        // LightCycler gives samples a GUID as id and keeps their name in the description.
        var sample = Guid.TryParse(data.Sample, out _) && !string.IsNullOrEmpty(description) ? description : data.Sample;
        collector.Add(new ResultWell(well, sample.Trim(), data.Target.Trim(), type, cq, number ?? 0)
        {
            Role = Roles.Of(type),
            Reading = reading,
            Dye = dyes.GetValueOrDefault(data.Target),
            Run = plate,
            Omitted = data.Excluded,
            Remark = data.Note,
        }, where);
    }

    static void Keep(string name, XmlCursor xml, string first, ref string? firstValue, string second, ref string? secondValue)
    {
        if (name == first)
            firstValue ??= xml.Text();
        else if (name == second)
            secondValue ??= xml.Text();
    }

    static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= 100_000 ? count : null;

    static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

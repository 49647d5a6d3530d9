using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A row of <c>run</c>: one plate through one instrument 批次.</summary>
public sealed class RunRow
{
    internal static readonly Table<RunRow> Rows = new("run",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("lab", ColumnType.Uuid, r => r.Lab),
        new("assay", ColumnType.Text, r => r.Assay),
        new("assay_version", ColumnType.Big, r => r.AssayVersion),
        new("assay_owner", ColumnType.Text, r => r.AssayOwner),
        new("round", ColumnType.Uuid, r => r.Round),
        new("file_name", ColumnType.Text, r => r.FileName),
        new("file_hash", ColumnType.Text, r => r.FileHash),
        new("instrument", ColumnType.Text, r => r.Instrument),
        new("serial", ColumnType.Text, r => r.Serial),
        new("plate", ColumnType.Text, r => r.Plate),
        new("layout", ColumnType.Uuid, r => r.Layout),
        new("state", ColumnType.Small, r => r.State),
        new("loaded_at", ColumnType.Big, r => r.LoadedAt),
        new("loaded_by", ColumnType.Text, r => r.LoadedBy),
        new("started_at", ColumnType.Big, r => r.StartedAt),
        new("amplified_at", ColumnType.Big, r => r.AmplifiedAt),
        new("control_note", ColumnType.Text, r => r.ControlNote),
        new("integrity", ColumnType.Text, r => r.Integrity),
        new("kinds", ColumnType.Text, r => r.Kinds),
        new("tubes", ColumnType.Big, r => r.Tubes),
        new("refused", ColumnType.Big, r => r.Refused));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Lab { get; init; }

    public string Assay { get; init; } = "";

    public int AssayVersion { get; init; }

    public string AssayOwner { get; init; } = "";

    public Guid? Round { get; init; }

    public string FileName { get; init; } = "";

    public string FileHash { get; init; } = "";

    public string? Instrument { get; init; }

    public string? Serial { get; init; }

    public string Plate { get; init; } = "";

    public Guid? Layout { get; init; }

    public RunState State { get; init; }

    public DateTimeOffset LoadedAt { get; init; }

    public string LoadedBy { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset AmplifiedAt { get; init; }

    /// <summary>What the controls showed, in English.</summary>
    public string? ControlNote { get; init; }

    public string? Reviewed1By { get; init; }

    public DateTimeOffset? Reviewed1At { get; init; }

    public string? Reviewed2By { get; init; }

    public DateTimeOffset? Reviewed2At { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public string? ReleasedBy { get; init; }

    /// <summary>JSON array of <see cref="IntegrityAlarm"/>; null when there is none.</summary>
    public string? Integrity { get; init; }

    /// <summary>JSON: tube kind → tubes, for the rated capacity.</summary>
    public string Kinds { get; init; } = "{}";

    public int Tubes { get; init; }

    public int Refused { get; init; }
}

/// <summary>A row of <c>run_well</c>: one target of one well, as printed.</summary>
sealed class RunWellRow
{
    public static readonly Table<RunWellRow> Rows = new("run_well",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("run", ColumnType.Uuid, r => r.Run, Key: true),
        new("well", ColumnType.Text, r => r.Well, Key: true),
        new("target", ColumnType.Text, r => r.Target, Key: true),
        new("sample", ColumnType.Text, r => r.Sample),
        new("task", ColumnType.Text, r => r.Task),
        new("role", ColumnType.Small, r => r.Role),
        new("ct", ColumnType.Real, r => r.Ct),
        new("reading", ColumnType.Small, r => r.Reading),
        new("tube", ColumnType.Uuid, r => r.Tube),
        new("raw", ColumnType.Text, r => r.Raw));

    public string Owner { get; init; } = "";

    public Guid Run { get; init; }

    public string Well { get; init; } = "";

    public string Target { get; init; } = "";

    public string Sample { get; init; } = "";

    public string Task { get; init; } = "";

    public WellRole Role { get; init; }

    public double? Ct { get; init; }

    public CtReading Reading { get; init; }

    public Guid? Tube { get; init; }

    public string? Raw { get; init; }
}

/// <summary>A row of <c>run_refusal</c>: a well that became no result, and why.</summary>
sealed class RunRefusalRow
{
    public static readonly Table<RunRefusalRow> Rows = new("run_refusal",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("run", ColumnType.Uuid, r => r.Run, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true),
        new("well", ColumnType.Text, r => r.Well),
        new("place", ColumnType.Text, r => r.Place),
        new("code", ColumnType.Text, r => r.Code),
        new("sentence", ColumnType.Text, r => r.Sentence),
        new("chinese", ColumnType.Text, r => r.Chinese));

    public string Owner { get; init; } = "";

    public Guid Run { get; init; }

    public int Seq { get; init; }

    public string Well { get; init; } = "";

    /// <summary>Where it stands in the file: "line 57".</summary>
    public string Place { get; init; } = "";

    public string Code { get; init; } = "";

    public string Sentence { get; init; } = "";

    public string Chinese { get; init; } = "";
}

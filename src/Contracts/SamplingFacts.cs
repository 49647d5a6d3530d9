using System.Text.Json.Serialization;

namespace Qipan.Contracts;

/// <summary>A fact 事实 as a device sends it. The id is minted by the device when the fact happens and never used for another.</summary>
public abstract class WireFact
{
    /// <summary>UUID of version 7.</summary>
    public Guid Id { get; set; }

    public abstract string Kind { get; }

    /// <summary>By the device's clock, ISO 8601 with an offset.</summary>
    public DateTimeOffset OccurredAt { get; set; }
}

/// <summary>A batch 批次 as a device sends it.</summary>
public sealed class WireBatch
{
    /// <summary>UUID; the same batch may be sent again.</summary>
    public Guid Batch { get; set; }

    /// <summary>By the device's clock, when this attempt began.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>live: the sampler waits for the answer. report: it has happened already.</summary>
    public string Mode { get; set; } = "report";

    public int RowCount { get; set; }

    /// <summary>Lower-case hex SHA-256 over the fact ids in order, joined by line feeds.</summary>
    public string Hash { get; set; } = "";

    public IList<object> Facts { get; set; } = [];
}

/// <summary>A desk begins to work 开台. Its id is the session's id.</summary>
public sealed class SessionOpened : WireFact
{
    public override string Kind => "session_opened";

    public Guid? Point { get; set; }

    public Guid? Round { get; set; }

    public string Desk { get; set; } = "";

    /// <summary>Staff id; never a name.</summary>
    public string Collector { get; set; } = "";

    /// <summary>Staff id; never a name.</summary>
    public string Registrar { get; set; } = "";
}

/// <summary>A desk ends its work.</summary>
public sealed class SessionClosed : WireFact
{
    public override string Kind => "session_closed";

    public Guid Session { get; set; }
}

/// <summary>A tube is taken into use 开管. Its id is the tube's id; the printed code is only what stands on it.</summary>
public sealed class TubeOpened : WireFact
{
    public override string Kind => "tube_opened";

    public string Code { get; set; } = "";

    public Guid? Round { get; set; }

    /// <summary>1, 5, 10, 20, or 99 for one household.</summary>
    [JsonPropertyName("tubeKind")]
    public int TubeKind { get; set; }

    /// <summary>Persons it takes; left out: as its kind says.</summary>
    public int? Capacity { get; set; }

    public Guid? Session { get; set; }

    /// <summary>0 ordinary; 1 medical need and members of a suspect pool.</summary>
    public int Priority { get; set; }

    /// <summary>The alert whose member is sampled again.</summary>
    public Guid? Alert { get; set; }
}

/// <summary>A person gives a sample 采样登记. Its id is the registration's id.</summary>
public sealed class SampleRegistered : WireFact
{
    public override string Kind => "sample_registered";

    public Guid Tube { get; set; }

    public WirePerson? Person { get; set; }

    /// <summary>1-based place in the tube.</summary>
    public int Position { get; set; }

    /// <summary>nasopharyngeal, oropharyngeal, nasal, environment, object; left out when the swab follows.</summary>
    public string? Specimen { get; set; }

    /// <summary>id_card_swipe, code, manual, proxy, none.</summary>
    public string? IdMethod { get; set; }
}

/// <summary>
/// Who: an id of the roster, or a document, or, where there is neither, what is known (INV-19). A class and not a record, so that
/// it never prints what it holds.
/// </summary>
public sealed class WirePerson
{
    public Guid? Id { get; set; }

    /// <summary>WS 364.3 CV02.01.101: 1 ID card, 2 household register, 3 passport, 4 officer card, 6, 7, 99.</summary>
    public int? DocType { get; set; }

    public string? DocNo { get; set; }

    public string? Name { get; set; }

    /// <summary>yyyy-MM-dd or yyyy.</summary>
    public string? Birth { get; set; }

    /// <summary>GB/T 2261.1: 0, 1, 2, 9.</summary>
    public int? Sex { get; set; }

    /// <summary>For a person without a document: what the person looks like and where found.</summary>
    public string? Descriptors { get; set; }

    /// <summary>A place code.</summary>
    public string? Residence { get; set; }

    public Guid? Guardian { get; set; }

    public override string ToString() => "•••";
}

/// <summary>A registration is taken back, with a reason; it stays in the record.</summary>
public sealed class SampleVoided : WireFact
{
    public override string Kind => "sample_voided";

    public Guid Registration { get; set; }

    /// <summary>The tube it is in.</summary>
    public Guid Tube { get; set; }

    /// <summary>Never personal data.</summary>
    public string Reason { get; set; } = "";
}

/// <summary>A tube is sealed 封管: nobody else goes in.</summary>
public sealed class TubeSealed : WireFact
{
    public override string Kind => "tube_sealed";

    public Guid Tube { get; set; }

    public string? Seal { get; set; }
}

/// <summary>A tube is thrown away before it was sealed.</summary>
public sealed class TubeVoided : WireFact
{
    public override string Kind => "tube_voided";

    public Guid Tube { get; set; }

    public string Reason { get; set; } = "";
}

/// <summary>A box is taken into use 开箱. Its id is the box's id.</summary>
public sealed class BoxOpened : WireFact
{
    public override string Kind => "box_opened";

    public string Code { get; set; } = "";

    /// <summary>Tubes it takes.</summary>
    public int Capacity { get; set; }

    /// <summary>The laboratory it goes to, where it is known.</summary>
    public Guid? Lab { get; set; }
}

/// <summary>A tube goes into a box 装箱, or from another box into this one.</summary>
public sealed class TubeBoxed : WireFact
{
    public override string Kind => "tube_boxed";

    public Guid Tube { get; set; }

    public Guid Box { get; set; }
}

/// <summary>A box is closed and sealed 封箱.</summary>
public sealed class BoxClosed : WireFact
{
    public override string Kind => "box_closed";

    public Guid Box { get; set; }

    public string? Seal { get; set; }
}

/// <summary>
/// A box changes hands 交接. Complete when both sides have signed; each side may send its half from its own device, under an id of
/// its own. A signature is the signer's <c>staff:…</c> or <c>device:…</c>, a colon, and the proof that the device made.
/// </summary>
public sealed class BoxHandedOver : WireFact
{
    public override string Kind => "box_handed_over";

    public Guid Box { get; set; }

    /// <summary>Who gives: <c>staff:…</c> or <c>device:…</c>; left out by the taker's half when it is not known.</summary>
    public string? FromHolder { get; set; }

    public string? FromSignature { get; set; }

    /// <summary>Who takes: <c>staff:…</c>, <c>device:…</c> or <c>unit:…</c>.</summary>
    public string ToHolder { get; set; } = "";

    public string? ToSignature { get; set; }
}

/// <summary>An antigen test was read 抗原. It never confirms a case (INV-18).</summary>
public sealed class AntigenRead : WireFact
{
    public override string Kind => "antigen_read";

    public Guid? Round { get; set; }

    public WirePerson? Person { get; set; }

    /// <summary>negative, positive or invalid.</summary>
    public string Result { get; set; } = "";

    public string? KitLot { get; set; }

    /// <summary>Read by the person, not by staff.</summary>
    public bool Self { get; set; }
}

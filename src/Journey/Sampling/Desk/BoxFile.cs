namespace Qipan.Sampling;

/// <summary>The values of a box that follow from its facts and from what the laboratory did with it.</summary>
sealed record BoxRow
{
    public required Guid Id { get; init; }

    public string Code { get; init; } = "";

    public BoxState State { get; init; } = BoxState.Open;

    public int Capacity { get; init; }

    public long? OpenedAt { get; init; }

    public Guid? OpenedBy { get; init; }

    public long? ClosedAt { get; init; }

    public string? Seal { get; init; }

    public long? SentAt { get; init; }

    /// <summary>The fact that completed its first hand-over.</summary>
    public Guid? SentBy { get; init; }

    public long? ReceivedAt { get; init; }

    public Guid? Lab { get; init; }

    public string? Courier { get; init; }

    public string Holder { get; init; } = "";

    public bool Conflict { get; init; }

    /// <summary>Closed by two facts that do not agree.</summary>
    public bool ClosedTwice { get; init; }

    public bool BeyondField => State >= BoxState.Received;
}

/// <summary>One hand-over of a box, or the half of it that has arrived.</summary>
sealed record CustodyRow
{
    public long Seq { get; init; }

    /// <summary>Empty while only the taker's half is there and does not say.</summary>
    public string FromHolder { get; init; } = "";

    public required string ToHolder { get; init; }

    public long At { get; init; }

    public string? FromSignature { get; init; }

    public string? ToSignature { get; init; }

    /// <summary>The first of its facts, by id.</summary>
    public Guid Fact { get; init; }

    public bool Complete => FromSignature is not null && ToSignature is not null;
}

/// <summary>Everything known of one box.</summary>
sealed class BoxFile(Guid id, BoxRow? was)
{
    public Guid Id => id;

    public BoxRow? Was => was;

    public BoxRow Now { get; set; } = was ?? new BoxRow { Id = id };

    public List<CustodyRow> Custody { get; set; } = [];

    public bool CustodyChanged { get; set; }

    /// <summary>True where this batch only asks where the box is: then its tubes are not loaded and nothing is computed.</summary>
    public bool OnlyAsked { get; set; }

    /// <summary>The tubes that are in it by the facts, and when each went in.</summary>
    public Dictionary<Guid, long> Tubes { get; } = [];

    public void Open(long at, Guid device, BoxOpening opening) => Now = Now with
    {
        Code = opening.Code,
        Capacity = opening.Capacity,
        Lab = opening.Lab ?? Now.Lab,
        OpenedAt = at,
        OpenedBy = device,
    };

    /// <summary>Of two closings the earlier one stands, and the box says that there were two.</summary>
    public void Close(long at, string? seal)
    {
        var twice = Now.ClosedAt is not null;
        if (!twice || (at, seal ?? "").CompareTo((Now.ClosedAt!.Value, Now.Seal ?? "")) < 0)
            Now = Now with { ClosedAt = at, Seal = seal };
        Now = Now with { ClosedTwice = Now.ClosedTwice || twice };
    }

    /// <summary>A hand-over or half of one: the half that is missing is found by who takes.</summary>
    public void HandOver(Guid fact, long at, BoxHandover claim)
    {
        CustodyChanged = true;
        var half = new CustodyRow
        {
            FromHolder = claim.FromHolder.Length > 0 ? claim.FromHolder : HolderOf(claim.FromSignature) ?? "",
            ToHolder = claim.ToHolder,
            At = at,
            FromSignature = claim.FromSignature,
            ToSignature = claim.ToSignature,
            Fact = fact,
        };
        var other = half.Complete ? -1 : Custody.FindIndex(c => !c.Complete && c.ToHolder == half.ToHolder
            && (c.FromSignature is null) != (half.FromSignature is null)
            && (c.FromHolder.Length == 0 || half.FromHolder.Length == 0 || c.FromHolder == half.FromHolder));
        if (other < 0)
        {
            Custody.Add(half);
            return;
        }
        var its = Custody[other];
        Custody[other] = new CustodyRow
        {
            FromHolder = its.FromHolder.Length > 0 ? its.FromHolder : half.FromHolder,
            ToHolder = half.ToHolder,
            At = Math.Max(its.At, half.At),
            FromSignature = its.FromSignature ?? half.FromSignature,
            ToSignature = its.ToSignature ?? half.ToSignature,
            Fact = its.Fact.CompareTo(half.Fact) < 0 ? its.Fact : half.Fact,
        };
    }

    /// <summary>The signer of a signature: what stands before its last colon.</summary>
    static string? HolderOf(string? signature) =>
        signature?.LastIndexOf(':') is > 0 and var colon && signature[..colon].Contains(':', StringComparison.Ordinal) ? signature[..colon] : null;
}

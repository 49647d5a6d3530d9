namespace Qipan.Laboratory.Files;

/// <summary>
/// What the Ct values of one tube mean under one assay. Only <see cref="Neg"/> is negative; grey, single target and invalid are
/// not, and ask for a retest (INV-10, domain 2.3). The numbers reach disk: append only.
/// </summary>
public enum Call
{
    /// <summary>阴性 negative: every gene was measured, none was found, the internal control is in order.</summary>
    Neg = 1,

    /// <summary>阳性 positive: as many genes as the assay asks for.</summary>
    Pos = 2,

    /// <summary>单靶标阳性: a gene was found, but fewer than the assay asks for.</summary>
    SingleTarget = 3,

    /// <summary>灰区 grey zone: a gene was found so late that the assay does not decide.</summary>
    Grey = 4,

    /// <summary>无效 invalid: a gene was not measured, or the internal control failed.</summary>
    Invalid = 5,
}

/// <summary>The names of calls outside the program.</summary>
public static class Calls
{
    /// <summary>NEG, POS, SINGLE_TARGET, GREY or INVALID.</summary>
    public static string Name(this Call call) => call switch
    {
        Call.Neg => "NEG",
        Call.Pos => "POS",
        Call.SingleTarget => "SINGLE_TARGET",
        Call.Grey => "GREY",
        Call.Invalid => "INVALID",
    };

    /// <summary>阴性, 阳性, 单靶标, 灰区 or 无效.</summary>
    public static string Chinese(this Call call) => call switch
    {
        Call.Neg => "阴性",
        Call.Pos => "阳性",
        Call.SingleTarget => "单靶标",
        Call.Grey => "灰区",
        Call.Invalid => "无效",
    };
}

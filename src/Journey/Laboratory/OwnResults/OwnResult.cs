using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>
/// What somebody is told of a sample of theirs without anybody to speak with. A positive result is none of these: it is told by a person (P-12), since
/// whoever knows a name and a number may be somebody else. The numbers reach the wire: append only.
/// </summary>
public enum OwnAnswer
{
    /// <summary>待出.</summary>
    Waiting = 0,

    /// <summary>阴性.</summary>
    Negative = 1,

    /// <summary>需当面告知: something has to be looked at again, or there is something to tell; staff get in touch.</summary>
    SpokenOf = 2,

    /// <summary>样本未能检测: lost, leaking or unlabelled; sampled again.</summary>
    NotTested = 3,
}

/// <summary>One of one's own samples 本人结果.</summary>
/// <param name="SampledAt">When it was taken.</param>
/// <param name="Answer">What is said.</param>
/// <param name="At">Since when a negative result stands; null for everything else.</param>
/// <param name="Pool">How many people at most were in the tube: 1, 5, 10, 20, or 99 for a household.</param>
public sealed record OwnResult(DateTimeOffset SampledAt, OwnAnswer Answer, DateTimeOffset? At, int Pool)
{
    /// <summary>How many are shown.</summary>
    public const int Most = 20;
}

/// <summary>One's own samples of the last days, newest first.</summary>
public sealed record OwnResults(IReadOnlyList<OwnResult> Items);

/// <summary>Nobody of this name and document was sampled; says not which of them is unknown.</summary>
sealed record OwnResultNotFound(int Days) : Refusal("own_result_not_found", RefusalKind.NotFound,
    $"No sample of the last {Days} days was found under this name and document. Check both as they stand on the document; a sample that was taken within the last hours may still be on its way.",
    $"近{Days}天内未查到该姓名和证件号码的采样记录。请按证件核对姓名和号码；刚完成的采样可能尚未上传，请稍后再查。");

/// <summary>The number is none.</summary>
sealed record OwnDocumentWrong() : FieldRefusal("document", "document_wrong", RefusalKind.Invalid,
    "This is not a number of this kind of document. Check its digits; an identity card has 18 characters.", "该号码不符合所选证件的规则，请核对；居民身份证为18位。");

/// <summary>One document was asked for again and again.</summary>
sealed record AskedTooOften() : Refusal("asked_too_often", RefusalKind.Busy,
    "This document was asked for many times within ten minutes. Wait ten minutes; a result does not come sooner by asking.",
    "该证件在十分钟内查询次数过多，请十分钟后再查；结果不会因反复查询而提前。");

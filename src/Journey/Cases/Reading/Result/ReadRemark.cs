namespace Qipan.Cases;

/// <summary>Something that the text says and that is no stay.</summary>
/// <param name="Day">The day it names.</param>
/// <param name="At">The time of that day.</param>
/// <param name="Place">The home, the firm, the place of origin; as it was said.</param>
/// <param name="Who">The other, for a relation or a visit.</param>
public sealed record ReadRemark(TextWords Words, RemarkKind Kind, DateOnly? Day = null, TimeOnly? At = null, string? Place = null,
    NamedPerson? Who = null);

/// <summary>What a remark tells. The numbers reach disk: append only.</summary>
public enum RemarkKind : short
{
    Title = 1,
    Heading = 2,

    /// <summary>Name, sex, age.</summary>
    Description = 3,

    Residence = 4,
    Workplace = 5,
    Origin = 6,

    /// <summary>Whose relative, whose contact.</summary>
    Relation = 7,

    Diagnosis = 8,
    Symptom = 9,

    /// <summary>Others came to the home while the person was elsewhere.</summary>
    Visit = 10,

    /// <summary>What others did elsewhere.</summary>
    Others = 11,

    Test = 12,

    /// <summary>No itinerary besides: 无其他社会行程轨迹.</summary>
    NoTrace = 13,

    /// <summary>What the person works as.</summary>
    Occupation = 14,

    /// <summary>A call to the public, numbers to ring, who signs.</summary>
    Notice = 15,
}

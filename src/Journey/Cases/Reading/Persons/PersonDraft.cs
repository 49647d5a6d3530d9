using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Cases.Reading;

/// <summary>A person while they are being read.</summary>
sealed class PersonDraft
{
    public TextWords? Heading { get; set; }

    public string? CaseNo { get; set; }

    /// <summary>As it stands in the text; leaves the reader only as personal data.</summary>
    public string? Name { get; set; }

    public TextWords? NameWords { get; set; }

    public Sex Sex { get; set; }

    public int? Age { get; set; }

    public int? BirthYear { get; set; }

    public List<ReadRemark> Remarks { get; } = [];

    public List<StayDraft> Stays { get; } = [];

    /// <summary>Sex, age or name were read: the next such words begin somebody else.</summary>
    public bool Described { get; set; }

    /// <summary>What follows still describes the person; the itinerary has not begun.</summary>
    public bool Describing { get; set; }

    /// <summary>The firm, or what is said of the work and names the place of it.</summary>
    public string? Workplace { get; set; }

    /// <summary>Under closed-loop control by occupation.</summary>
    public bool Looped { get; set; }

    public ReadPerson Read() => new()
    {
        Heading = Heading,
        CaseNo = CaseNo,
        Name = Name is null ? null : Personal.Of(Name),
        NameWords = NameWords,
        Sex = Sex,
        Age = Age,
        BirthYear = BirthYear,
        Remarks = Remarks,
        Stays = [.. Stays.SelectMany(s => s.Read())],
    };
}

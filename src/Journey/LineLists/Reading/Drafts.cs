using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>A row that can be taken, as far as the row alone tells.</summary>
abstract class RowDraft
{
    /// <summary>Number in the file, the head being row 1.</summary>
    public required long Row { get; init; }

    /// <summary>The row as it stands, for the file of refused rows.</summary>
    public required Personal<string> Raw { get; init; }

    public required List<string> Notices { get; init; }

    /// <summary>Counties whose rows it writes.</summary>
    public abstract IEnumerable<string> Owners { get; }
}

/// <summary>Who a row is about: a person with a name and a document or a birth, or somebody known by the list's number alone.</summary>
sealed class PersonOfRow
{
    /// <summary>Null: a temporary identity.</summary>
    public SealedPerson? Sealed { get; init; }

    /// <summary>Of somebody without a name: the key of a document, under which intake would know the same person.</summary>
    public Guid? DocKey { get; init; }

    public string? Name { get; init; }

    public string? Birth { get; init; }

    public Sex Sex { get; init; }

    public required string Place { get; init; }

    /// <summary>Keyed hash of all that the row says of the person.</summary>
    public required Guid Key { get; init; }

    public string Owner => Kernel.Codes.PlaceCode.OwnerOf(Place);
}

/// <summary>A row of a case list.</summary>
sealed class CaseDraft : RowDraft
{
    public required string Id { get; init; }

    public required PersonOfRow Person { get; init; }

    /// <summary>The case as the row says it; its person is filled in when it is registered.</summary>
    public required NewCase Case { get; init; }

    public DateOnly? Exposure { get; init; }

    /// <summary>The list's id of who passed it on.</summary>
    public string? Infector { get; init; }

    public string Situation { get; init; } = "";

    public LinkConfidence Confidence { get; init; } = LinkConfidence.Suspected;

    /// <summary>What the row said of the case, by <see cref="SaidCase"/>.</summary>
    public required string Said { get; init; }

    public override IEnumerable<string> Owners => [Case.Owner, Person.Owner];
}

/// <summary>A row of a list of links.</summary>
sealed class LinkDraft : RowDraft
{
    public required string From { get; init; }

    public required string To { get; init; }

    public DateOnly? Exposure { get; init; }

    public string Situation { get; init; } = "";

    public LinkConfidence Confidence { get; init; } = LinkConfidence.Suspected;

    public override IEnumerable<string> Owners => [];
}

/// <summary>A row of a contact list.</summary>
sealed class ContactDraft : RowDraft
{
    public required string Id { get; init; }

    /// <summary>The list's id of the index case.</summary>
    public required string Case { get; init; }

    public required PersonOfRow Person { get; init; }

    public required DateOnly First { get; init; }

    public required DateOnly Last { get; init; }

    public required string Situation { get; init; }

    public required ContactState State { get; init; }

    public string Said => $"{Case}|{First:yyyy-MM-dd}|{Last:yyyy-MM-dd}|{Situation}|{(int)State}";

    public override IEnumerable<string> Owners => [Person.Owner];
}

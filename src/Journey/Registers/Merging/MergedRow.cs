using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>What the row that stays takes over of the one that follows: facts that it lacks, and where the person is held.</summary>
static class MergedRow
{
    /// <summary>The survivor with what it did not know. A row never loses or changes what it says.</summary>
    public static PersonRow Filled(PersonRow survivor, PersonRow loser) => survivor with
    {
        Name = survivor.Name.Length > 0 ? survivor.Name : loser.Name,
        NameKey = survivor.NameKey.Length > 0 ? survivor.NameKey : loser.NameKey,
        Sex = survivor.Sex is Sex.Unknown or Sex.NotStated && loser.Sex is Sex.Male or Sex.Female ? loser.Sex : survivor.Sex,
        Birth = survivor.Birth is null || (loser.Birth is { Length: 10 } day && survivor.Birth.Length == 4 && day.StartsWith(survivor.Birth, StringComparison.Ordinal))
            ? loser.Birth : survivor.Birth,
        Household = survivor.Household ?? loser.Household,
        RegisteredDivision = survivor.RegisteredDivision ?? loser.RegisteredDivision,
        Workplace = survivor.Workplace ?? loser.Workplace,
        RiskPost = survivor.RiskPost ?? loser.RiskPost,
        SpecialGroups = survivor.SpecialGroups | loser.SpecialGroups,
        Guardian = survivor.Guardian ?? (loser.Guardian == survivor.Id ? null : loser.Guardian),
    };

    /// <summary>
    /// One person is in one place (INV-36). Where only the one that follows is held somewhere, the survivor is there from now on; where both are, at
    /// different places, both stand and somebody has to look.
    /// </summary>
    public static void Whereabouts(WriteSession session, PersonMove move, PersonRow survivor, PersonRow loser)
    {
        var about = new Ref("person", loser.Id);
        if (loser.PresentKind == PresentKind.Residence || (survivor.PresentKind, survivor.PresentPlace) == (loser.PresentKind, loser.PresentPlace))
            return;
        if (loser.PresentKind is PresentKind.Deceased or PresentKind.LeftRegion || survivor.PresentKind is PresentKind.Deceased or PresentKind.LeftRegion)
        {
            move.Raise(MergeIssues.GoneOrHere, about);
            return;
        }
        if (survivor.PresentKind != PresentKind.Residence)
        {
            move.Raise(MergeIssues.TwoCustodies, about);
            return;
        }
        var open = Open(session, survivor);
        var from = session.Now > open.FromAt ? session.Now : open.FromAt.AddMilliseconds(1);
        session.Update(StayRow.Rows, [open with { ToAt = from }]);
        var stay = open with { FromAt = from, ToAt = null, Kind = loser.PresentKind, PlaceOwner = loser.PresentOwner, Place = loser.PresentPlace, Source = SourceOf(move) };
        session.Insert(StayRow.Rows, [stay]);
        Present(session, stay);
    }

    /// <summary>Back to where the survivor was before, unless somebody has moved them since.</summary>
    public static void WhereaboutsBack(WriteSession session, PersonMove move, PersonRow survivor)
    {
        var stays = session.Query<StayRow>("SELECT * FROM person_stay WHERE owner = @Owner AND person = @Id ORDER BY from_at", new { survivor.Owner, survivor.Id });
        var taken = stays.FindIndex(s => s.Source == SourceOf(move));
        if (taken < 0)
            return;
        if (stays[taken].ToAt is not null || taken == 0)
        {
            move.Raise(MergeIssues.MovedSince, new Ref("person", survivor.Id));
            return;
        }
        session.Execute("DELETE FROM person_stay WHERE owner = @Owner AND person = @Person AND from_at = @FromAt",
            new { stays[taken].Owner, stays[taken].Person, stays[taken].FromAt });
        var before = stays[taken - 1] with { ToAt = null };
        session.Update(StayRow.Rows, [before]);
        Present(session, before);
    }

    static StayRow Open(Session session, PersonRow person) => session.One<StayRow>(
        "SELECT * FROM person_stay WHERE owner = @Owner AND person = @Id AND to_at IS NULL", new { person.Owner, person.Id })
        ?? StayRow.First(person);

    static void Present(WriteSession session, StayRow stay) => session.Execute("""
        UPDATE person SET present_kind = @kind, present_owner = @PlaceOwner, present_place = @Place, present_since = @FromAt WHERE owner = @Owner AND id = @Person
        """, new { kind = (short)stay.Kind, stay.PlaceOwner, stay.Place, stay.FromAt, stay.Owner, stay.Person });

    static string SourceOf(PersonMove move) => "merge/" + move.Merge.ToString("N", CultureInfo.InvariantCulture);
}

using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Takes a row out of the one that it follows 拆档: everything is as it was, but for what was changed since, which is listed.</summary>
public sealed record UnmergePerson(Guid Person, string Reason);

/// <summary>A merge of a person as shown, with what does not go together.</summary>
public sealed record MergeView(MergeRow Merge, IReadOnlyList<MergeIssueRow> Issues);

public sealed class UnmergePersonHandler(Store store, PersonMerges merges)
{
    public async Task<Outcome<Merged>> Handle(UnmergePerson command, Caller caller)
    {
        if (store.Read(s => PersonDirectory.ByIds(s, [command.Person])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        return caller.Must(Permission.MergePersons, person.Residence) is { Ok: false } no ? no.Refusal : await Handle(command, caller.Actor);
    }

    /// <summary>As the other, for the program itself.</summary>
    public async Task<Outcome<Merged>> Handle(UnmergePerson command, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonMissing();
        if (store.Read(s => PersonDirectory.ByIds(s, [command.Person])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        return await MergeScope.Write(store, merges, actor, [person.Id], (session, scope) =>
        {
            var done = merges.Unmerge(session, person.Id, command.Reason.Trim(), scope);
            if (done.Ok)
                Pairs.Note(session, person.Owner, done.Value.Survivor, person.Id, PairState.Different, command.Reason.Trim());
            return done;
        });
    }

    /// <summary>The merges that hold around a person, and those that were undone; the latest first. For those who may see the person.</summary>
    public Outcome<IReadOnlyList<MergeView>> Of(Guid id, Caller caller)
    {
        if (store.Read(s => PersonDirectory.ByIds(s, [id])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        if (!caller.May(Permission.SeePersons, person.Residence) && !caller.May(Permission.SeePersons, person.PresentPlace ?? person.PresentOwner))
            return new NotAllowedHere();
        return Outcome.Of(store.Read(session =>
        {
            var rows = session.Query<MergeRow>("SELECT * FROM person_merge WHERE state <> 3 AND (loser = @id OR survivor = @id) ORDER BY at DESC, nth DESC LIMIT 100", new { id });
            var issues = session.Query<MergeIssueRow>($"SELECT * FROM person_merge_issue WHERE merge {session.InIds("ids")} ORDER BY merge, seq",
                new { ids = session.Keys(rows.Select(r => r.Id)) }).ToLookup(i => i.Merge);
            return (IReadOnlyList<MergeView>)rows.ConvertAll(r => new MergeView(r, [.. issues[r.Id]]));
        }));
    }
}

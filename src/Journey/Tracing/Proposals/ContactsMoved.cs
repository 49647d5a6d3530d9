using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// The row of a person among the contacts of a case. Its id follows from who the contact was when it was proposed; where that row of the register has
/// been joined to another since, the other's contact is found under the old id, and not proposed a second time.
/// </summary>
sealed class ContactsMoved
{
    readonly Guid index;
    readonly Dictionary<(Guid Person, int Ring), Guid> moved;

    ContactsMoved(Guid index, Dictionary<(Guid, int), Guid> moved) => (this.index, this.moved) = (index, moved);

    public static ContactsMoved Of(Session session, Guid index, IEnumerable<Guid> persons)
    {
        var joined = session.Each<Guid>("SELECT merged_into FROM person WHERE merged_into = @key", persons.Distinct()).Distinct().ToList();
        if (joined.Count == 0)
            return new ContactsMoved(index, []);
        return new ContactsMoved(index, session.Each<Line>("SELECT id, person, ring FROM contact WHERE person = @key AND index_case = @index ORDER BY proposed_at, id", joined, new { index })
            .GroupBy(c => (c.Person, c.Ring)).Where(g => g.All(c => c.Id != TracingIds.Contact(index, g.Key.Person, g.Key.Ring)))
            .ToDictionary(g => g.Key, g => g.First().Id));
    }

    public Guid Id(Guid person, int ring) => moved.TryGetValue((person, ring), out var id) ? id : TracingIds.Contact(index, person, ring);

    sealed class Line
    {
        public Guid Id { get; init; }

        public Guid Person { get; init; }

        public int Ring { get; init; }
    }
}

using System.Text.Json;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Keeps what a correction supersedes: the whole earlier row, sealed, with who superseded it and why.</summary>
static class PersonVersions
{
    static readonly Table<(PersonRow Old, DateTimeOffset At, string Actor, string Reason, byte[] Sealed)> Rows = new("person_version",
        new("owner", ColumnType.Text, r => r.Old.Owner, Key: true), new("person", ColumnType.Uuid, r => r.Old.Id, Key: true),
        new("version", ColumnType.Big, r => r.Old.Version, Key: true), new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor), new("reason", ColumnType.Text, r => r.Reason),
        new("sealed", ColumnType.Bytes, r => r.Sealed));

    /// <summary>Keeps the old rows and writes the new ones in their place. Each new row has the version after its old one.</summary>
    public static void Supersede(WriteSession session, Keyring keyring, IReadOnlyCollection<(PersonRow Old, PersonRow New)> changes, string reason)
    {
        if (changes.Count == 0)
            return;
        Keep(session, keyring, [.. changes.Select(c => c.Old)], reason);
        session.Update(PersonRow.Rows, [.. changes.Select(c => c.New)]);
        NameTerms.Keep(session, changes.Where(c => c.Old.NameKey != c.New.NameKey).Select(c => (c.New.Owner, c.New.Name, c.New.NameKey)));
        MoveHome(session, [.. changes.Where(c => c.Old.PresentKind == PresentKind.Residence && c.Old.Residence != c.New.Residence).Select(c => c.New)]);
    }

    /// <summary>Keeps rows that were superseded, of persons whose newest version is written elsewhere.</summary>
    public static void Keep(WriteSession session, Keyring keyring, IReadOnlyCollection<PersonRow> superseded, string reason) =>
        session.Insert(Rows, [.. superseded.Select(old => (old, session.Now, session.Actor.ToString(), reason,
            keyring.Seal(old.Owner, Personal.Of(JsonSerializer.Serialize(old)))))]);

    /// <summary>The row with a new residence; who is at home is at the new home from now on.</summary>
    public static PersonRow WithResidence(PersonRow person, string residence, DateTimeOffset now) =>
        residence == person.Residence ? person
        : person.PresentKind != PresentKind.Residence ? person with { Residence = residence }
        : person with
        {
            Residence = residence,
            PresentPlace = residence,
            PresentOwner = Kernel.Codes.PlaceCode.OwnerOf(residence),
            PresentSince = now,
        };

    /// <summary>The earlier versions of a person, oldest first, as they were.</summary>
    public static List<PersonRow> Of(Session session, Keyring keyring, string owner, Guid person) => session.Query<Kept>(
            "SELECT version, sealed FROM person_version WHERE owner = @owner AND person = @person ORDER BY version", new { owner, person })
        .ConvertAll(k => JsonSerializer.Deserialize<PersonRow>(keyring.Open(owner, k.Sealed).Reveal(Disclosure.ForProcessing))
            ?? throw new CorruptException("person_version", "holds no row"));

    static void MoveHome(WriteSession session, IReadOnlyCollection<PersonRow> moved)
    {
        if (moved.Count == 0)
            return;
        var open = session.Query<StayRow>(
            $"SELECT * FROM person_stay WHERE owner {session.In("owners")} AND person {session.InIds("ids")} AND to_at IS NULL",
            new { owners = session.Keys(moved.Select(p => p.Owner).Distinct()), ids = session.Keys(moved.Select(p => p.Id)) });
        session.Update(StayRow.Rows, open.ConvertAll(s => s with { ToAt = session.Now }));
        // A stay that began in this very instant is replaced, not closed.
        var replaced = open.Where(s => s.FromAt == session.Now).Select(s => s.Person).ToHashSet();
        session.Update(StayRow.Rows, [.. moved.Where(p => replaced.Contains(p.Id)).Select(StayRow.First)]);
        session.Insert(StayRow.Rows, [.. moved.Where(p => !replaced.Contains(p.Id)).Select(StayRow.First)]);
    }

    sealed class Kept
    {
        public long Version { get; init; }

        public byte[] Sealed { get; init; } = [];
    }
}

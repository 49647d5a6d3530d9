using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// In which county a person's duty to be tested in a round stands: where the person is registered, or where they were added by name
/// (<see cref="AddToRound"/>).
/// </summary>
public static class RosterOwner
{
    /// <summary>SQL for the county of the duty of a registration. As long as nobody is on another county's roster it is a column.</summary>
    /// <param name="session">The session that runs it.</param>
    /// <param name="registration">The alias of the registration.</param>
    public static string Of(Session session, string registration = "r") => session.Query<int>("SELECT 1 FROM round_guest LIMIT 1").Count == 0
        ? $"{registration}.person_owner"
        : $"coalesce((SELECT g.owner FROM round_guest g WHERE g.round = {registration}.round AND g.person = {registration}.person), {registration}.person_owner)";

    /// <summary>The county of one person's duty.</summary>
    public static string Of(Session session, Guid round, Guid person, string registered) =>
        session.One<string>("SELECT owner FROM round_guest WHERE round = @round AND person = @person", new { round, person }) ?? registered;

    internal static void Keep(WriteSession session, Round round, IEnumerable<Guid> guests) => session.Insert(Guests, [.. guests.Select(g => (round.Id.Value, g, round.Owner))]);

    static readonly Table<(Guid Round, Guid Person, string Owner)> Guests = new("round_guest",
        new("round", ColumnType.Uuid, g => g.Round, Key: true),
        new("person", ColumnType.Uuid, g => g.Person, Key: true),
        new("owner", ColumnType.Text, g => g.Owner));
}

namespace Qipan.Drill.Actors;

/// <summary>
/// The teams of a district that go from door to door, each with a device of its own: one does one errand after the other, and what is asked
/// of them goes to the team with the least to do. Not safe for several threads.
/// </summary>
public sealed class DoorTeams(Agenda agenda, IReadOnlyList<FieldDevice> devices)
{
    readonly List<Team> teams = [.. devices.Select(d => new Team(d))];

    /// <summary>Items that the server refused, of all teams.</summary>
    public int Refused => devices.Sum(d => d.Refused.Count);

    /// <summary>Asks the team that is free first.</summary>
    /// <param name="doors">How many doors it is.</param>
    /// <param name="visit">Notes on the team's device what happens from an instant on, and says when it is over.</param>
    /// <param name="after">What follows when the device has sent it.</param>
    public void Ask(int doors, Func<FieldDevice, DateTimeOffset, DateTimeOffset> visit, Action after)
    {
        var team = teams.MinBy(t => t.Doors)!;
        team.Doors += doors;
        team.Waiting.Enqueue(new Errand(doors, visit, after));
        if (team.Waiting.Count == 1)
            Begin(team);
    }

    void Begin(Team team)
    {
        var errand = team.Waiting.Peek();
        agenda.At(errand.Visit(team.Device, agenda.Now), async stop =>
        {
            await team.Device.Sync(stop);
            team.Doors -= errand.Doors;
            team.Waiting.Dequeue();
            errand.After();
            if (team.Waiting.Count > 0)
                Begin(team);
        });
    }

    sealed class Team(FieldDevice device)
    {
        public FieldDevice Device => device;

        /// <summary>Doors that it has still before it.</summary>
        public int Doors { get; set; }

        public Queue<Errand> Waiting { get; } = [];
    }

    sealed record Errand(int Doors, Func<FieldDevice, DateTimeOffset, DateTimeOffset> Visit, Action After);
}

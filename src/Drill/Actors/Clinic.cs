using Qipan.Drill.City;
using Qipan.Drill.Spread;

namespace Qipan.Drill.Actors;

/// <summary>
/// The fever clinic 发热门诊 of a county: whoever falls ill and comes is reported as a suspect case and gives a swab in a tube of their own.
/// </summary>
public sealed class Clinic(Agenda agenda, StaffMember investigator, Doors doors, SingleSwabs swabs, Epidemic epidemic, string county, Func<int, DateOnly> dateOf)
{
    /// <summary>How many of those who fall ill go to a doctor the next day; assumed.</summary>
    const double Comes = 0.6;

    readonly HashSet<int> seen = [];

    /// <summary>Those who come today, and when the tube is on its way.</summary>
    public async Task Open(int day, int most, CancellationToken cancel)
    {
        var patients = epidemic.FallIll(day).Where(c => Here(c) && seen.Add(c.Number) && Dice.For(day, 13, c.Number).Comes(Comes)).Take(most).ToList();
        var persons = new List<Guid>();
        foreach (var patient in patients)
        {
            var person = await doors.IdOf(patient, cancel);
            persons.Add(person);
            var opened = await investigator.Try("/api/cases", new
            {
                person,
                disease = "COVID-19",
                @class = "suspect",
                report = Qipan.Kernel.Uuid7.New(agenda.Clock),
                owner = county,
                onset = dateOf(epidemic.Courses[patient.Number].Onset!.Value),
                discovery = "clinic",
            }, cancel);
            if (opened is { } there)
                await investigator.Try("/api/cases/isolate", new { @case = there.GetProperty("id").GetGuid() }, cancel);
            epidemic.Confine(patient);
        }
        if (persons.Count > 0)
            await swabs.Take(persons, null, cancel);
    }

    bool Here(Citizen citizen) => epidemic.LivesIn(citizen, county);
}

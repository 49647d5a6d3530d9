using System.CommandLine;
using System.Text.Json;
using Qipan.Cli;
using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>
/// The way of a sample through the public interface alone, step by step: from a sampler's batch to what stands at the end of the journey.
/// </summary>
public sealed class SampleToNoticeTests
{
    static readonly CityPlan Plan = CityPlan.County with
    {
        Population = 700,
        StreetsPerDistrict = 1,
        CommunitiesPerStreet = 2,
        CompoundsPerCommunity = 1,
    };

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task From_a_samplers_batch_to_a_case_whose_clocks_end_and_a_contact_who_is_released(StoreKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var day = await DrilledDay.Begin(kind, new Scenario("test", Plan, Infected: 1, Mistakes: false) { Rounds = 1 });

        // 1 to 4: batches, tubes, boxes, the laboratory: one pool is positive and raises an alert.
        await day.Until(9, 50);
        var alert = Assert.Single(await day.Alerts());
        Assert.Empty(await Cases(day, stop));

        // 5 and 6: single swabs; one member is positive alone and confirmed, and is a case as of the time of the sample, with six clocks.
        var line = await FirstCase(day, stop);
        var confirmed = day.App.Store.Read(s => s.One<Guid>("SELECT person FROM pool_alert_member WHERE alert = @Id AND outcome = 2", new { alert.Id }));
        Assert.Equal((confirmed, "confirmed"), (line.GetProperty("person").GetGuid(), line.GetProperty("class").GetString()));
        var (no, id) = (line.GetProperty("no").GetString()!, line.GetProperty("id").GetGuid());
        var found = await day.Investigator.Get($"/api/cases/{no}", stop);
        Assert.True(found.GetProperty("case").GetProperty("firstPositiveAt").GetDateTimeOffset() < found.GetProperty("case").GetProperty("foundAt").GetDateTimeOffset());
        Assert.Equal(
            ["find_source", "investigate_core", "investigate_full", "report_case", "review_case", "trace_contacts"],
            found.GetProperty("clocks").EnumerateArray().Select(c => c.GetProperty("kind").GetString()!).Order());

        // 7: who stood in the queue with the case is proposed when the investigator asks (INV-09), beside the household.
        await day.Investigator.Post($"/api/tracing/cases/{id}/propose?queueMinutes=30", new { }, stop);
        var proposed = (await day.Investigator.Get($"/api/tracing/cases/{id}/contacts", stop)).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(proposed, c => c.GetProperty("sources").GetString() == "household");
        var contact = proposed.First(c => c.GetProperty("sources").GetString() == "queue").GetProperty("id").GetGuid();

        // 8: the investigators report, decide, control and ask; each clock ends by what was done.
        await day.Until(23, 0);
        var done = (await day.Investigator.Get($"/api/cases/{no}", stop)).GetProperty("clocks").EnumerateArray()
            .Where(c => c.GetProperty("state").GetString() == "done").Select(c => c.GetProperty("kind").GetString()!).Order();
        Assert.Equal(["investigate_core", "report_case", "review_case", "trace_contacts"], done);
        Assert.Equal("under_quarantine", await State(day, contact, stop));
        Assert.Empty(day.Differences());

        // 9: the household has caught it: its contacts turn positive in their own tests and are cases, with links to the first.
        // The one of the queue is visited twice a day, tested on its days, and not released before the checklist holds.
        await day.Until(12, 0, day: 20);
        var household = (await Cases(day, stop)).FindAll(c => c.GetProperty("id").GetGuid() != id);
        Assert.InRange(household.Count, 1, 9);
        Assert.All(household, c => Assert.Equal(("contact", "named"), (c.GetProperty("discovery").GetString(), c.GetProperty("source").GetString())));
        Assert.Equal("under_quarantine", await State(day, contact, stop));
        await day.Until(23, 0, day: 21);
        Assert.Equal("released", await State(day, contact, stop));
        Assert.Equal(0, day.Drill.Refused);
        Assert.Empty(day.Differences());

        // And back: the release and the case are explained down to the samples and the device.
        var store = kind == StoreKind.Sqlite ? day.App.Storage.Folder : day.App.Storage.Connection;
        var released = await day.Investigator.Get($"/api/tracing/contacts/{contact}", stop);
        var release = Printed("trail", "release", released.GetProperty("releases")[0].GetProperty("id").GetGuid().ToString("N"), "--store", store);
        Assert.Contains($"case {no} confirmed", release);
        Assert.Contains("two samples of day 14 in two tubes are negative", release);
        var trail = Printed("trail", "case", no, "--store", store);
        Assert.Contains($"case {no} confirmed", trail);
        Assert.Contains("result POS version 1 released", trail);
        Assert.Contains("submission/", trail);
    }

    static string Printed(params string[] words)
    {
        var printed = new StringWriter();
        Assert.Equal(0, Program.Run(words, new InvocationConfiguration { Output = printed, Error = printed, EnableDefaultExceptionHandler = false }));
        return printed.ToString();
    }

    static async Task<string?> State(DrilledDay day, Guid contact, CancellationToken stop) =>
        (await day.Investigator.Get($"/api/tracing/contacts/{contact}", stop)).GetProperty("contact").GetProperty("state").GetString();

    static async Task<List<JsonElement>> Cases(DrilledDay day, CancellationToken stop) =>
        [.. (await day.Investigator.Get("/api/cases", stop)).GetProperty("items").EnumerateArray()];

    /// <summary>The drill goes on a few minutes at a time until the case stands; news travel by the outbox, on the drill's own clock.</summary>
    static async Task<JsonElement> FirstCase(DrilledDay day, CancellationToken stop)
    {
        for (var minute = 55; minute < 12 * 60; minute += 5)
        {
            await day.Until(9 + (minute / 60), minute % 60);
            await Task.Delay(20, stop);
            if (await Cases(day, stop) is [var found, ..])
                return found;
        }
        throw new InvalidOperationException("No case stood by the evening.");
    }
}

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
    public async Task From_a_samplers_batch_to_a_case_whose_clocks_run_and_end(StoreKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var day = await DrilledDay.Begin(kind, new Scenario("test", Plan, Infected: 1, Mistakes: false));

        // 1 to 4: batches, tubes, boxes, the laboratory: one pool is positive and raises an alert.
        await day.Until(9, 50);
        var alert = Assert.Single(await day.Alerts());
        Assert.Empty(await Cases(day, stop));

        // 5: single swabs; one member is positive alone and confirmed.
        await day.Until(17, 0);
        var confirmed = day.App.Store.Read(s => s.One<Guid>("SELECT person FROM pool_alert_member WHERE alert = @Id AND outcome = 2", new { alert.Id }));

        // 6: the member is a case, as of the time of the sample, with six clocks.
        var line = Assert.Single(await Heard(day, stop));
        Assert.Equal((confirmed, "confirmed", "assigned"), (line.GetProperty("person").GetGuid(), line.GetProperty("class").GetString(), line.GetProperty("investigation").GetString()));
        var no = line.GetProperty("no").GetString()!;
        var found = await day.Investigator.Get($"/api/cases/{no}", stop);
        var row = found.GetProperty("case");
        Assert.True(row.GetProperty("firstPositiveAt").GetDateTimeOffset() < row.GetProperty("foundAt").GetDateTimeOffset());
        Assert.Equal(
            ["find_source", "investigate_core", "investigate_full", "report_case", "review_case", "trace_contacts"],
            found.GetProperty("clocks").EnumerateArray().Select(c => c.GetProperty("kind").GetString()!).Order());
        Assert.All(found.GetProperty("clocks").EnumerateArray(), c => Assert.Equal("open", c.GetProperty("state").GetString()));

        // 7: it is reported and investigated, and each clock ends by what was done.
        var id = line.GetProperty("id").GetGuid();
        await day.Investigator.Post("/api/cases/report", new { @case = id }, stop);
        await day.Investigator.Post("/api/cases/investigation/move", new { @case = id, to = "core_done" }, stop);
        await day.Investigator.Post("/api/cases/contacts-asked", new { @case = id }, stop);
        await day.Investigator.Post("/api/cases/source-unknown", new { @case = id, reason = "nobody in the tube or the household was ill" }, stop);
        var done = (await day.Investigator.Get($"/api/cases/{no}", stop)).GetProperty("clocks").EnumerateArray()
            .Where(c => c.GetProperty("state").GetString() == "done").Select(c => c.GetProperty("kind").GetString()!).Order();
        Assert.Equal(["find_source", "investigate_core", "report_case", "trace_contacts"], done);
        Assert.Empty(day.Differences());

        // And back: by its number the case is explained down to the device, and the chains are counted.
        var store = kind == StoreKind.Sqlite ? day.App.Storage.Folder : day.App.Storage.Connection;
        var trail = Printed("trail", "case", no, "--store", store);
        Assert.Contains($"case {no} confirmed", trail);
        Assert.Contains("result POS version 1 released", trail);
        Assert.Contains("submission/", trail);
        Assert.Contains("1 cases, 0 links, 1 chains, the largest of 1", Printed("chains", "COVID-19", "--store", store));
    }

    static string Printed(params string[] words)
    {
        var printed = new StringWriter();
        Assert.Equal(0, Program.Run(words, new InvocationConfiguration { Output = printed, Error = printed, EnableDefaultExceptionHandler = false }));
        return printed.ToString();
    }

    static async Task<List<JsonElement>> Cases(DrilledDay day, CancellationToken stop) =>
        [.. (await day.Investigator.Get("/api/cases", stop)).GetProperty("items").EnumerateArray()];

    /// <summary>News travel by the outbox, on the drill's own clock: the case stands a moment after the confirmation.</summary>
    static async Task<List<JsonElement>> Heard(DrilledDay day, CancellationToken stop)
    {
        for (var minute = 1; minute < 50; minute++)
        {
            if (await Cases(day, stop) is { Count: > 0 } found)
                return found;
            await day.Until(17, minute);
            await Task.Delay(100, stop);
        }
        return [];
    }
}

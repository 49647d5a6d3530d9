using System.Diagnostics;
using System.Globalization;
using Qipan.Bench.Intake;

namespace Qipan.Bench.Desks;

/// <summary>The public on a result night: wrk with 2,000 connections, each sending a look-up every 380 ms, so that 5,000 a second are asked.</summary>
static class PublicCrowd
{
    public static async Task<string> Start(string url, int persons, string folder, int seconds)
    {
        var script = Path.Combine(folder, "crowd.lua");
        await File.WriteAllTextAsync(script, Script(persons));
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c2000", $"-d{seconds}s", "--latency", "-s", script, url]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var said = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return said;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "wrk is not installed (apt-get install wrk): no result night was measured.";
        }
    }

    /// <summary>Every other look-up is of somebody who was sampled; the others have a name that is not theirs.</summary>
    static string Script(int persons)
    {
        var bodies = Enumerable.Range(0, 5000).Select(n => n * (persons / 5000)).Select(n =>
            string.Create(CultureInfo.InvariantCulture, $"\"name=k{(n % 2 == 0 ? n % 5000 : 1)}&type=1&document={IntakeTown.DocNo(n)}\""));
        return $$"""
            local bodies = { {{string.Join(",\n", bodies)}} }
            local n = 0
            answered, waiting = 0, 0
            function delay() return 380 end
            function request()
              n = n + 1
              return wrk.format("POST", "/result", { ["Content-Type"] = "application/x-www-form-urlencoded" }, bodies[n % #bodies + 1])
            end
            local threads = {}
            function setup(thread) table.insert(threads, thread) end
            function response(status) if status == 503 then waiting = waiting + 1 else answered = answered + 1 end end
            function done(summary)
              for _, t in ipairs(threads) do print("answered " .. t:get("answered") .. ", told to wait " .. t:get("waiting")) end
            end
            """;
    }
}

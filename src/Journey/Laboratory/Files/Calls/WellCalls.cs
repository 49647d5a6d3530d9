namespace Qipan.Laboratory.Files;

/// <summary>The calls of all wells of a file.</summary>
public static class WellCalls
{
    /// <summary>
    /// The call of each well (run, well) under the assay. A well that had a reading refused is called as not fully measured; a well
    /// whose readings were all refused has no call, and its tube no result. The
    /// run's controls are not looked at: <see cref="ControlRule"/> judges them, and a failed one makes the whole run invalid.
    /// </summary>
    public static IReadOnlyDictionary<(string? Run, string Well), Call> Of(Assay assay, ResultFile file)
    {
        var refused = file.Problems.Where(problem => problem.Refused && problem.Well is not null)
            .Select(problem => (problem.Run, problem.Well!)).ToHashSet();
        return file.Wells.GroupBy(reading => (reading.Run, reading.Well))
            .ToDictionary(well => well.Key, well => CallRule.Of(assay, well, refused.Contains(well.Key)));
    }
}

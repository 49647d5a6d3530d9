namespace Qipan.Laboratory.Files;

/// <summary>Makes the result file of what a collector gathered.</summary>
static class Results
{
    public static ResultFile Of(ResultFormat format) => new() { Format = format, Wells = [], Problems = [], Refused = 0 };

    /// <summary>The file with its readings; a refusal where there is none.</summary>
    public static ResultFile Complete(ResultFile file, ReadingCollector collector)
    {
        var (wells, problems, refused) = collector.Finish();
        if (wells.Count == 0)
        {
            throw new UnreadableFileException(
                refused == 0 ? FileRefusals.NoReadings : FileRefusals.AllRefused(refused, problems.First(problem => problem.Refused).Code));
        }
        return file with { Wells = wells, Problems = problems, Refused = refused };
    }
}

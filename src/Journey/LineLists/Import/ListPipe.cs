using System.Threading.Channels;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>Some rows of a list, ready for the writer, and those that were refused without asking the store.</summary>
sealed class RowBatch
{
    public List<RowDraft> Drafts { get; } = [];

    public List<(long Row, string? Column, Refusal Refusal, Personal<string> Raw)> Refused { get; } = [];

    /// <summary>Data rows of the file up to here.</summary>
    public long UpTo { get; set; }

    /// <summary>How much of the file is read, 0 to 1.</summary>
    public double Share { get; set; }

    public bool Last { get; set; }
}

/// <summary>Reads ahead on a thread of its own while the store's writer takes the rows before.</summary>
sealed class ListPipe(RowReader reader, IListRows rows, ListMapping mapping, int unitRows)
{
    public async Task<Outcome<Done>> Feed(ListRun run, IProgress<ImportProgress>? progress)
    {
        var ready = Channel.CreateBounded<RowBatch>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            try
            {
                var (count, last) = (0L, false);
                for (var i = 0; i < mapping.SkipRows; i++)
                    rows.Read();
                while (!last)
                {
                    var batch = Next(ref count, run.Skip);
                    last = batch.Last;
                    await ready.Writer.WriteAsync(batch, stop.Token);
                }
                ready.Writer.Complete();
            }
            catch (Exception e)
            {
                ready.Writer.Complete(e);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (var batch in ready.Reader.ReadAllAsync(CancellationToken.None))
            {
                var taken = await run.Take(batch);
                if (!taken.Ok)
                    return taken.Refusal;
                progress?.Report(new ImportProgress(batch.Share, batch.UpTo));
            }
            return Done.Value;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    RowBatch Next(ref long count, long skip)
    {
        var batch = new RowBatch { UpTo = count };
        while (batch.Drafts.Count + batch.Refused.Count < unitRows)
        {
            if (!rows.Read())
            {
                batch.Last = true;
                break;
            }
            batch.UpTo = ++count;
            if (count <= skip)
                continue;
            var read = reader.Read();
            if (read.Ok)
                batch.Drafts.Add(read.Value);
            else
                batch.Refused.Add((rows.Number, reader.Fields.HeadOf(read.Refusal.Field), read.Refusal, Personal.Of(rows.Raw)));
        }
        batch.Share = batch.Last ? 1 : rows.Share;
        return batch;
    }
}

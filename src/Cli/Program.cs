using System.CommandLine;

namespace Qipan.Cli;

/// <summary>`qipan`: wiring over the same use cases as the server. Exit codes: 0 done, 1 refused, 2 usage, 3 broken.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand("Qipan 棋盘: who must be tested, traced, moved, isolated, treated, supplied and told; by when; by whom; and who has been missed.");
        return root.Parse(args).Invoke();
    }
}

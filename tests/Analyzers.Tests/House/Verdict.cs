using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What a house test says: nothing, or every violation on a line of its own.</summary>
internal static class Verdict
{
    public static void IsClean(IEnumerable<string> violations)
    {
        var all = violations.ToArray();
        Assert.True(all.Length == 0, string.Join("\n", all));
    }
}

using System;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>Whether a verification fails, and says why.</summary>
internal static class Failure
{
    public static async Task Says(string message, Func<Task> verification)
    {
        var failure = await Record.ExceptionAsync(verification);
        Assert.True(failure is not null, $"The verification passed, but should have failed with: {message}");
        Assert.Contains(message, failure.Message.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}

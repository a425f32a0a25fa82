using System;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Expects a call to throw itself, and not through the task that it returns.</summary>
internal static class AtOnce
{
    /// <summary>Returns what was thrown.</summary>
    public static T Throws<T>(Func<object?> call)
        where T : Exception =>
        Assert.IsType<T>(Record.Exception(() => { _ = call(); }));

    /// <summary>Checks which argument is blamed, too.</summary>
    public static void Throws<T>(string parameterName, Func<object?> call)
        where T : ArgumentException =>
        Assert.Equal(parameterName, Throws<T>(call).ParamName);
}

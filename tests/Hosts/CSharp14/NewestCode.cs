using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.Hosts.CSharp13;

namespace ScopedTasks.Hosts.CSharp14;

/// <summary>A project of .NET 10 in its own language.</summary>
internal static class NewestCode
{
    public static Code CSharp14 { get; } = NewerCode.CSharp13 with { Language = LanguageVersion.CSharp14 };
}

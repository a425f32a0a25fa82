namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>One entry of .editorconfig that cannot be read.</summary>
/// <param name="Key">The option's key.</param>
/// <param name="Entry">The part of its value that is wrong.</param>
/// <param name="Right">What would be right there.</param>
internal sealed record MalformedOption(string Key, string Entry, string Right);

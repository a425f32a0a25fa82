using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Finds what a row of an API table resolves in: the framework, a downloaded package, or a stub.</summary>
internal static class ApiPackages
{
    private static readonly string[] Roots = [Repository.Packages, Repository.Packs];

    private static readonly string[] Frameworks = ["net8.0", "net6.0", "netstandard2.1", "netstandard2.0"];

    /// <summary>The shape of libraries that the tests do not download.</summary>
    private static readonly Dictionary<string, string> Stubs = new()
    {
        ["NUnit 3"] = """
            namespace NUnit.Framework
            {
                public static class Assert
                {
                    public static void AreEqual(object expected, object actual) { }
                    public static void AreNotEqual(object expected, object actual) { }
                    public static void IsNotNull(object value) { }
                    public static void IsNull(object value) { }
                    public static void NotNull(object value) { }
                    public static void Null(object value) { }
                }
            }
            """,
        ["Avalonia"] = TimerIn("Avalonia.Threading", "DispatcherTimer"),
        ["System.Reactive"] = """
            namespace System
            {
                public static class ObservableExtensions
                {
                    public static void Subscribe<T>(this IObservable<T> source, Action<T> onNext) { }
                }
            }
            """,
        ["FluentValidation"] = """
            namespace FluentValidation
            {
                public interface IValidator<T> { int Validate(T value); }
                public class AbstractValidator<T> : IValidator<T> { public int Validate(T value) => 1; }
            }
            """,
        ["SQLite"] = """
            namespace Microsoft.Data.Sqlite
            {
                public class SqliteConnection { public void Open() { } }
                public class SqliteCommand { public void Prepare() { } }
                public class SqliteDataReader { public void Read() { } }
                public class SqliteTransaction { public void Commit() { } }
            }

            namespace System.Data.SQLite
            {
                public class SQLiteConnection { public void Open() { } }
                public class SQLiteCommand { public void Prepare() { } }
                public class SQLiteDataReader { public void Read() { } }
                public class SQLiteTransaction { public void Commit() { } }
            }
            """,
        ["TUnit"] = """
            namespace TUnit.Assertions { public static class Assert { public static void That(object value) { } } }
            """,
        ["WPF"] = """
            namespace System.Windows.Threading
            {
                public class Dispatcher { public object BeginInvoke(System.Delegate method, params object[] args) => null; }
                public static class DispatcherExtensions
                {
                    public static object BeginInvoke(this Dispatcher dispatcher, System.Action action) => null;
                }
            }
            """ + TimerIn("System.Windows.Threading", "DispatcherTimer"),
        ["Windows Forms"] = """
            namespace System.Windows.Forms
            {
                public class Control { public System.IAsyncResult BeginInvoke(System.Action method) => null; }
            }
            """ + TimerIn("System.Windows.Forms", "Timer"),
        ["WinUI"] = """
            namespace Microsoft.UI.Dispatching
            {
                public delegate void DispatcherQueueHandler();
                public class DispatcherQueue { public bool TryEnqueue(DispatcherQueueHandler callback) => true; }
            }
            """ + TimerIn("Microsoft.UI.Xaml", "DispatcherTimer"),
        ["MAUI"] = """
            namespace Microsoft.Maui.ApplicationModel
            {
                public static class MainThread { public static void BeginInvokeOnMainThread(System.Action action) { } }
            }
            """,
    };

    public static Compilation CompilationFor(string? package)
    {
        if (package is null)
        {
            return Trial.Usual;
        }

        return Stubs.TryGetValue(package, out var stub)
            ? Trial.Compile([new SourceFile("Stub.cs", stub)])
            : Trial.Beside(Trial.Framework.Concat(Assemblies(package)));
    }

    private static string TimerIn(string space, string name) =>
        $"\nnamespace {space} {{ public class {name} {{ public event System.EventHandler? Tick; }} }}";

    // A package may be an umbrella: xunit's types are in xunit.assert and others. A shared framework is a pack.
    private static IEnumerable<MetadataReference> Assemblies(string package) =>
        from root in Roots
        from folder in new DirectoryInfo(root).EnumerateDirectories()
        where (folder.Name + ".").StartsWith(package + ".", StringComparison.OrdinalIgnoreCase)
        from version in folder.EnumerateDirectories().OrderByDescending(version => version.Name).Take(1)
        from kind in new[] { "lib", "ref" }
        let library = new DirectoryInfo(Path.Combine(version.FullName, kind))
        where library.Exists
        from framework in library.EnumerateDirectories().OrderBy(Rank).Take(1)
        from file in Directory.EnumerateFiles(framework.FullName, "*.dll")
        select (MetadataReference)MetadataReference.CreateFromFile(file);

    private static int Rank(DirectoryInfo framework) =>
        Array.IndexOf(Frameworks, framework.Name) is >= 0 and var rank ? rank : Frameworks.Length;
}

// Command tellwell reviews marketing pages and asks the questions a good editor would.
package main

func main() {}
